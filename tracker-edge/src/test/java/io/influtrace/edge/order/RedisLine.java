package io.influtrace.edge.order;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * Redis as a queue, in made time: reports come by a Poisson process, are served one after another at a rate, and all of them
 * are lost at once when the oldest is overdue, as a held connection does it. It keeps count of what became of them.
 */
final class RedisLine {

    static final long MS = 1_000_000;
    static final long DEADLINE = 2_000 * MS;
    private static final long RECONNECT = 100 * MS;
    private static final long SECOND = 1_000 * MS;

    private final InFlight inFlight = new InFlight(DEADLINE);
    private final ArrayDeque<InFlight.Place> line = new ArrayDeque<>();
    private final SplittableRandom random;
    private double perSecond;
    private long distance;
    private long clump = 1;
    private long stoppedUntil;
    private long now;
    private double free;
    private long awayUntil;

    private long came;
    private long answered;
    private long refused;
    private long inVain;

    RedisLine(long seed, double perSecond) {
        this.random = new SplittableRandom(seed);
        this.perSecond = perSecond;
    }

    /** Redis is so far away and back. */
    RedisLine away(long nanos) {
        distance = nanos;
        return this;
    }

    /** Replies leave together, each so many nanoseconds, as one fsync serves them all. */
    RedisLine inClumps(long nanos) {
        clump = nanos;
        return this;
    }

    /** Answers so many a second from now on. */
    void rate(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Answers nobody for so long. */
    void stop(long nanos) {
        stoppedUntil = now + nanos;
        free = Math.max(free, (double) stoppedUntil);
    }

    /** All counted so far begin at nothing. */
    RedisLine counted() {
        came = 0;
        answered = 0;
        refused = 0;
        inVain = 0;
        return this;
    }

    /** Lets reports come for a while. */
    RedisLine come(double rate, long nanos) {
        long until = now + nanos;
        for (double next = now + gap(rate); next < until; next += gap(rate)) {
            now = (long) next;
            serve();
            one();
        }
        now = until;
        serve();
        return this;
    }

    /** Lets so many come in this very moment. */
    RedisLine burst(int reports) {
        for (int i = 0; i < reports; i++) {
            one();
        }
        return this;
    }

    /** Reports that Redis took. */
    long answered() {
        return answered;
    }

    /** Reports that were refused when they came. */
    long refused() {
        return refused;
    }

    /** Reports that waited for the deadline. */
    long inVain() {
        return inVain;
    }

    @Override
    public String toString() {
        return came + " came, " + answered + " answered, " + refused + " refused, " + inVain + " in vain";
    }

    private double gap(double rate) {
        return random.nextExponential() * SECOND / rate;
    }

    private void one() {
        came++;
        if (now < awayUntil || inFlight.isFull(now)) {
            refused++;
        } else {
            line.add(inFlight.enter(now));
        }
    }

    private void serve() {
        for (InFlight.Place oldest = line.peek(); oldest != null; oldest = line.peek()) {
            double served = Math.max(free, (double) oldest.since()) + SECOND / perSecond;
            long reply = ((long) served / clump + 1) * clump + distance;
            reply = Math.max(reply, stoppedUntil);
            long overdue = oldest.since() + DEADLINE;
            if (Math.min(reply, now) > overdue) {
                lose(overdue);
                return;
            }
            if (reply > now) {
                return;
            }
            line.remove();
            free = served;
            answered++;
            inFlight.leave(oldest, reply, true);
        }
    }

    private void lose(long when) {
        for (InFlight.Place each : line) {
            if (each.since() <= when) {
                inVain++;
                inFlight.leave(each, when, false);
            }
        }
        line.removeIf(each -> each.since() <= when);
        awayUntil = when + RECONNECT;
        free = Math.max(free, (double) awayUntil);
    }
}
