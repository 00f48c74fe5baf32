package io.influtrace.edge.offender;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Breaks the rule of the event loop on purpose, in every way that it forbids. */
final class Blocks {
    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    void awaits(Future<String> future) {
        future.await();
    }

    void joins(CompletableFuture<String> future) {
        future.join();
    }

    void waits(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    synchronized void locks() {}
}
