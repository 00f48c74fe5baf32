package io.influtrace.edge.order;

/**
 * How many reports may wait for Redis at once on one loop: as many as it answers well within its deadline. A fixed number
 * alone would, once Redis is slow, take in more than can be answered in time, and refuse them when they have waited in vain.
 *
 * <p>Replies come in the order of the requests, so a reply that took {@code t} with {@code n} waiting at its beginning says
 * that Redis answers {@code n/t}. Where {@code t} is too long, the bound becomes what that rate answers in half the deadline;
 * it grows again by one for each quick reply while it is met: a bound that grew up to the slow ones would be
 * beyond them by the time it hears of it. Confined to its event loop.
 */
final class InFlight {

    /** Beyond this many nobody is let in, however fast Redis is: about 2 MiB of reports. */
    static final int MOST = 2_048;

    /** Below this many a slow reply says nothing of the rate: the line is long, or Redis was away. */
    static final int LEAST = 64;

    private final long slowNanos;
    private final long quickNanos;
    private int bound = MOST;
    private int waiting;

    /** A bound for replies that are due within that many nanoseconds. */
    InFlight(long deadlineNanos) {
        this.slowNanos = deadlineNanos / 2;
        this.quickNanos = deadlineNanos / 8;
    }

    /** Whether one more may wait. */
    boolean isFull() {
        return waiting >= bound;
    }

    /** One more waits; how many do now. */
    int enter() {
        return ++waiting;
    }

    /**
     * One of them waits no longer.
     *
     * @param among what {@link #enter} said
     * @param tookNanos from then until now
     * @param answered whether Redis took it
     */
    void leave(int among, long tookNanos, boolean answered) {
        boolean met = waiting >= bound;
        waiting--;
        if (tookNanos > slowNanos) {
            bound = Math.min(bound, Math.max(LEAST, (int) ((double) among * slowNanos / tookNanos)));
        } else if (answered && met && tookNanos < quickNanos && bound < MOST) {
            bound++;
        }
    }
}
