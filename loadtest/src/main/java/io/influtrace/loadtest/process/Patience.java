package io.influtrace.loadtest.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does in its own time. */
public final class Patience {

    private static final Duration STEP = Duration.ofMillis(200);

    private Patience() {}

    /** Something that may have come true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws LoadtestFailure;
    }

    /** Asks until the condition holds (true) or the time is over (false). */
    public static boolean until(Duration longest, Condition condition) throws LoadtestFailure {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(STEP);
        }
        return true;
    }

    public static void pause(Duration time) throws LoadtestFailure {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        }
    }
}
