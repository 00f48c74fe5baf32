package io.influtrace.protocol.click;

/**
 * One request of a tracking link, as its token proves it.
 *
 * @param at milliseconds since the epoch, 48 bits
 * @param link the number of the link, which stands for a slug in one campaign
 * @param creator the number of the creator, {@link #DIRECT} or {@link #UNKNOWN_CREATOR}
 */
public record Click(ClickId id, ClickClass clickClass, long at, int link, int creator) {

    /** The creator of a link that was clicked without a handle and has no creator of its own. */
    public static final int DIRECT = 0;

    /** The creator of a click whose handle nobody registered. */
    public static final int UNKNOWN_CREATOR = 1;

    /** The lowest number that a registered creator gets. */
    public static final int FIRST_CREATOR = 2;

    public Click {
        if (at < 0 || at >= 1L << 48) {
            throw new IllegalArgumentException("time " + at + " is not within 48 bits");
        }
    }
}
