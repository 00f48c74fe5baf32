package io.influtrace.loadtest.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does in its own time. */
final class Patience {

    private static final Duration STEP = Duration.ofMillis(200);

    private Patience() {}

    /** Something that may have come true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws DemoFailure;
    }

    /** Asks until the condition holds (true) or the time is over (false). */
    static boolean until(Duration longest, Condition condition) throws DemoFailure {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(STEP);
        }
        return true;
    }

    static void pause(Duration time) throws DemoFailure {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Stopped.", stopped);
        }
    }
}
