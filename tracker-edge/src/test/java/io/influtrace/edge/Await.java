package io.influtrace.edge;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition by looking again and again, up to a deadline far above anything healthy. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("in vain: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
