package io.influtrace.loadtest.shopper;

import java.time.Duration;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * An order that waits in its shopper's browser for the next try. The pixel's pauses, a twentieth as long: 250 ms, doubled
 * each time; what the edge says itself is kept to the second.
 */
record Waiting(Order order, int tries, long dueNanos) implements Delayed {

    static final Duration LOOK = Duration.ofMillis(20);

    private static final long FIRST_MS = 250;
    private static final int MOST_DOUBLINGS = 3;

    static Waiting after(Order order, int tries, Duration told) {
        Duration pause = told.isZero() ? Duration.ofMillis(FIRST_MS << Math.min(MOST_DOUBLINGS, tries - 1)) : told;
        return new Waiting(order, tries, System.nanoTime() + pause.toNanos());
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
