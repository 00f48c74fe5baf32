package io.influtrace.worker.ledger;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The lines of a ledger entry as they lie in the stream: the first whole, of each further one only what differs from the
 * line above it, behind the number of parts that both share; the commonest metrics by one letter, and a counter's store left
 * out where the entry's own order names it. Lines that are all whole read the same.
 */
public final class LedgerLines {

    /** What a metric is written as; no metric's own name is a single letter. */
    private static final Map<String, String> LETTERS = Map.of(
            "pending", "p",
            "approved", "a",
            "adjusted", "j",
            "orders", "o",
            "revenue", "r",
            "refunded", "f",
            "commission", "c",
            "orders.credited", "O",
            "revenue.credited", "R");

    private static final Map<String, String> WORDS =
            LETTERS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private LedgerLines() {}

    /** Packs lines of field, tab, difference, of an entry about an order; a field is never empty and begins with a letter. */
    static String pack(String lines, String order) {
        StringBuilder packed = new StringBuilder(lines.length());
        String store = counted(order);
        String[] above = {};
        for (String line : lines.lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals(store)) {
                parts[0] = "c";
            }
            translate(parts, LETTERS);
            int shared = shared(above, parts);
            if (shared > 0) {
                packed.append(shared);
            }
            for (int i = shared; i < parts.length; i++) {
                packed.append(i > shared ? "\t" : "").append(parts[i]);
            }
            packed.append('\n');
            above = parts;
        }
        return packed.toString();
    }

    /** The whole lines of an entry's field {@code p}, by the order in its field {@code o}: field, tab, difference. */
    public static String unpack(String packed, String order) {
        StringBuilder lines = new StringBuilder();
        String[] above = {};
        for (String line : packed.lines().toList()) {
            int shared = Character.isDigit(line.charAt(0)) ? line.charAt(0) - '0' : 0;
            String[] rest = (shared > 0 ? line.substring(1) : line).split("\t", -1);
            String[] parts = new String[shared + rest.length];
            System.arraycopy(above, 0, parts, 0, shared);
            System.arraycopy(rest, 0, parts, shared, rest.length);
            above = parts.clone();
            if (parts[0].equals("c")) {
                parts[0] = counted(order);
            }
            translate(parts, WORDS);
            lines.append(String.join("\t", parts)).append('\n');
        }
        return lines.toString();
    }

    /** What the counters of an order's own store begin with. */
    private static String counted(String order) {
        return "c" + order.substring(0, Math.max(0, order.indexOf('/')));
    }

    /** The metric stands before the difference. */
    private static void translate(String[] parts, Map<String, String> names) {
        if (parts.length > 2) {
            String metric = parts[parts.length - 2];
            parts[parts.length - 2] = names.getOrDefault(metric, metric);
        }
    }

    /** Parts that two lines begin with alike: one digit's worth, and never the difference itself. */
    private static int shared(String[] above, String[] parts) {
        int most = Math.min(9, Math.min(above.length, parts.length) - 1);
        int shared = 0;
        while (shared < most && above[shared].equals(parts[shared])) {
            shared++;
        }
        return shared;
    }
}
