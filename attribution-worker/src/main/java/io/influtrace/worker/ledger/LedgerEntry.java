package io.influtrace.worker.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One entry of the ledger.
 *
 * @param id the stream's id
 * @param kind what happened: {@code order}, {@code refund}, {@code approve}, {@code payout}, …; {@link #UNREADABLE}
 * @param subject the order's identity, or the payout's id
 * @param day whose counters it moves, {@code yyyymmdd}; empty for a payout
 * @param lines what it adds: a field of {@link Books} and an amount
 */
public record LedgerEntry(String id, String kind, String subject, String day, Map<String, Long> lines) {

    /** The kind of an entry that nobody here wrote. */
    public static final String UNREADABLE = "unreadable";

    public LedgerEntry {
        lines = Map.copyOf(lines);
    }

    /** Receives one change of one counter. */
    public interface Posting {
        /** {@code key} is the hash's. */
        void add(String key, String field, long amount);
    }

    static LedgerEntry of(String id, Map<String, String> fields) {
        String kind = fields.getOrDefault("k", "");
        String subject = fields.getOrDefault("o", "");
        String day = fields.getOrDefault("d", "");
        Optional<Map<String, Long>> lines = lines(fields.getOrDefault("p", ""), subject);
        boolean readable = !kind.isEmpty()
                && lines.isPresent()
                && (day.matches("[0-9]{8}") || lines.get().keySet().stream().noneMatch(field -> field.startsWith("c")));
        return readable
                ? new LedgerEntry(id, kind, subject, day, lines.get())
                : new LedgerEntry(id, UNREADABLE, subject, day, Map.of());
    }

    private static Optional<Map<String, Long>> lines(String text, String subject) {
        Map<String, Long> lines = new TreeMap<>();
        String whole;
        try {
            whole = LedgerLines.unpack(text, subject);
        } catch (IndexOutOfBoundsException garbled) {
            return Optional.empty();
        }
        for (String line : whole.lines().toList()) {
            int tab = line.lastIndexOf('\t');
            boolean known = tab > 0 && (line.charAt(0) == 'b' || line.charAt(0) == 'c');
            if (!known || !line.substring(tab + 1).matches("-?[0-9]{1,19}")) {
                return Optional.empty();
            }
            lines.merge(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)), Long::sum);
        }
        return Optional.of(lines);
    }

    /** True where it pays a creator rather than books an order. */
    public boolean payout() {
        return kind.equals("payout");
    }

    /** Every counter of a partition that it moved, what a payout counts beside its money included. */
    public void post(int partition, Posting posting) {
        String balances = LedgerKeys.balances(partition);
        String counters = LedgerKeys.day(partition, day);
        String whom = "";
        long paid = 0;
        for (Map.Entry<String, Long> line : lines.entrySet()) {
            String field = line.getKey().substring(1);
            posting.add(line.getKey().charAt(0) == 'b' ? balances : counters, field, line.getValue());
            if (field.endsWith("\tpaid")) {
                whom = field.substring(0, field.length() - "\tpaid".length());
                paid = line.getValue();
            }
        }
        if (payout() && !whom.isEmpty()) {
            posting.add(balances, whom + "\tepoch", 1);
            posting.add(LedgerKeys.payouts(partition), subject + "\t" + whom, paid);
        }
    }

    /** Reads what a script answers: id, then fields and values in turn. */
    static LedgerEntry read(List<?> answer) {
        List<?> pairs = (List<?>) answer.get(1);
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(String.valueOf(pairs.get(i)), String.valueOf(pairs.get(i + 1)));
        }
        return of(String.valueOf(answer.get(0)), fields);
    }
}
