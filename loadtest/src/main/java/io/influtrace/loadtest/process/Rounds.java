package io.influtrace.loadtest.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The same look again and again, on a thread of its own, until closed. */
public final class Rounds implements AutoCloseable {

    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Rounds(String name, Duration pause, Runnable look) {
        this.thread = new Thread(() -> run(pause, look), name);
        this.thread.setDaemon(true);
    }

    /** Begins to look. */
    public static Rounds every(Duration pause, String name, Runnable look) {
        Rounds rounds = new Rounds(name, pause, look);
        rounds.thread.start();
        return rounds;
    }

    private void run(Duration pause, Runnable look) {
        try {
            do {
                look.run();
            } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the last look finish. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(LAST_LOOK.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
