package io.influtrace.edge.order;

/**
 * The line of reports that wait for one Redis, and who may still join it: as many as Redis answers in a quarter of its
 * deadline. A fixed number would, once Redis is slow, let in more than can be answered in time, and refuse them when they
 * have waited in vain.
 *
 * <p>Replies come in the order of the requests, so each one tells how long the line was. While they are quick the bound grows
 * by one with each, doubling in a round trip. The first slow one sets it to what the rate just seen answers in the longest
 * wait, but not below where the line stands: from there on one comes in for each that leaves, so a line that drains behind a
 * hiccup refuses nobody, and one that stands grows no more. Where it stands too long, one comes in for two. A line that does
 * not move lets nobody in, and after a missed deadline all begins anew from the least.
 *
 * <p>A wait counts beyond what a report takes with nobody before it, up to a sixteenth of the deadline, for a Redis that is far
 * away is not slow. Confined to its event loop; times are the caller's, in nanoseconds of any origin.
 */
final class InFlight {

    /** Beyond this many nobody is let in, however fast Redis is: about 2 MiB of reports. */
    static final int MOST = 2_048;

    /** Before anything is known: the first moment of a sale. */
    static final int FIRST = 256;

    /** Let in however slow Redis is: enough to keep it at work, and in time if it answers eight a second. */
    static final int LEAST = 16;

    private final long quickNanos;
    private final long farthestNanos;
    private final long longestNanos;
    private int bound = FIRST;
    private int waiting;
    private long movedAt;
    private long aloneNanos;
    private boolean slow;
    private boolean second;

    /** One report's place in the line: behind how many, itself counted, and since when. */
    record Place(int among, long since) {}

    /** An empty line, for reports that are due within that many nanoseconds. */
    InFlight(long deadlineNanos) {
        this.quickNanos = deadlineNanos / 32;
        this.farthestNanos = deadlineNanos / 16;
        this.longestNanos = deadlineNanos / 4;
        this.aloneNanos = farthestNanos;
    }

    /** Whether nobody waits. */
    boolean isEmpty() {
        return waiting == 0;
    }

    /** Whether nobody may join now. */
    boolean isFull(long now) {
        return waiting >= bound || (waiting > 0 && now - movedAt > longestNanos + aloneNanos);
    }

    /** One more waits. */
    Place enter(long now) {
        if (waiting == 0) {
            movedAt = now;
        }
        return new Place(++waiting, now);
    }

    /**
     * One of them waits no longer.
     *
     * @param answered whether Redis took it
     */
    void leave(Place place, long now, boolean answered) {
        waiting--;
        long took = now - place.since;
        if (answered) {
            movedAt = now;
            learn(place.among, took);
        } else if (took > longestNanos + aloneNanos) {
            slow = true;
            bound = LEAST;
        }
    }

    private void learn(int among, long took) {
        if (among == 1) {
            // Down at once and up slowly, so that a hiccup is not taken for distance.
            long nearer = Math.min(took, aloneNanos + (took - aloneNanos) / 8);
            aloneNanos = Math.min(farthestNanos, nearer);
        }
        long queued = took - aloneNanos;
        if (queued <= quickNanos) {
            slow = false;
            bound = Math.min(MOST, bound + 1);
        } else if (!slow) {
            slow = true;
            long inTime = among * longestNanos / queued;
            bound = (int) Math.min(bound, Math.max(waiting + LEAST, inTime));
        } else if (queued > longestNanos) {
            bound = second ? Math.max(LEAST, bound - 1) : bound;
            second = !second;
        }
    }
}
