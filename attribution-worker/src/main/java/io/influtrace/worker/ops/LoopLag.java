package io.influtrace.worker.ops;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Measures how late an event loop runs its timers: the time that something kept it busy. */
public final class LoopLag {

    private static final long EVERY_MS = 100;

    private LoopLag() {}

    /** Begins to measure an event loop. */
    public static void measure(Vertx vertx, Meters meters) {
        long[] last = {System.nanoTime()};
        vertx.setPeriodic(EVERY_MS, timer -> {
            long now = System.nanoTime();
            meters.lag(Duration.ofNanos(Math.max(0, now - last[0] - EVERY_MS * 1_000_000)));
            last[0] = now;
        });
    }
}
