package io.influtrace.worker.proof;

/**
 * One thing that does not stand as it should.
 *
 * @param what {@code record}, {@code decision}, {@code booking}, {@code index}, {@code hold}, {@code status}, {@code ledger},
 *     {@code balance}, {@code counter} or {@code payout}
 * @param where the order, click or field
 * @param stored what Redis holds
 * @param computed what the rest of the books says
 */
public record Difference(String what, String where, String stored, String computed) {

    /** The longest text that a line shows of either side. */
    private static final int SHOWN = 120;

    /** Two texts, shown from shortly before where they part. */
    static Difference of(String what, String where, String stored, String computed) {
        int same = 0;
        while (same < Math.min(stored.length(), computed.length()) && stored.charAt(same) == computed.charAt(same)) {
            same++;
        }
        return new Difference(what, where, shown(stored, same), shown(computed, same));
    }

    static Difference of(String what, String where, long stored, long computed) {
        return new Difference(what, where, Long.toString(stored), Long.toString(computed));
    }

    private static String shown(String text, int same) {
        int from = Math.max(0, Math.min(same - SHOWN / 3, text.length() - SHOWN));
        int to = Math.min(text.length(), from + SHOWN);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }

    /** The line of the report; tabs within names show as slashes. */
    @Override
    public String toString() {
        return what + " " + where.replace('\t', '/') + ": stored " + stored.replace('\t', '/') + ", computed "
                + computed.replace('\t', '/');
    }
}
