package io.influtrace.worker.ledger;

/**
 * The lines of a ledger entry as they lie in the stream: the first whole, of each further one only what differs from the
 * line above it, behind the number of parts that both share. Lines that are all whole read the same.
 */
public final class LedgerLines {

    private LedgerLines() {}

    /** Packs lines of field, tab, difference; a field is never empty and begins with a letter. */
    static String pack(String lines) {
        StringBuilder packed = new StringBuilder(lines.length());
        String[] above = {};
        for (String line : lines.lines().toList()) {
            String[] parts = line.split("\t", -1);
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

    /** The whole lines of an entry's field {@code p}: field, tab, difference. */
    public static String unpack(String packed) {
        StringBuilder lines = new StringBuilder();
        String[] above = {};
        for (String line : packed.lines().toList()) {
            int shared = Character.isDigit(line.charAt(0)) ? line.charAt(0) - '0' : 0;
            String[] rest = (shared > 0 ? line.substring(1) : line).split("\t", -1);
            String[] parts = new String[shared + rest.length];
            System.arraycopy(above, 0, parts, 0, shared);
            System.arraycopy(rest, 0, parts, shared, rest.length);
            lines.append(String.join("\t", parts)).append('\n');
            above = parts;
        }
        return lines.toString();
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
