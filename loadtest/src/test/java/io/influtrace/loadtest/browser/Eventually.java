package io.influtrace.loadtest.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that another process will make true, within a deadline that only a failure reaches. */
public final class Eventually {

    private static final Duration STEP = Duration.ofMillis(25);

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError with what was seen, when it does not within the deadline
     */
    public static void holds(Duration deadline, BooleanSupplier condition, Supplier<String> seen) {
        Instant end = Instant.now().plus(deadline);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + deadline + ": " + seen.get());
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
