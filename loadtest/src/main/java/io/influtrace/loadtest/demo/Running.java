package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.Child;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/** What runs, to be stopped in the reverse order of its start: store, edge, worker. Safe from any thread. */
final class Running {

    private final Deque<Runnable> stops = new ArrayDeque<>();
    private boolean stopped;

    synchronized Child add(Child child) {
        added(child::stop);
        return child;
    }

    synchronized Vertx add(Vertx vertx) {
        added(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        return vertx;
    }

    /** Anything else that must be stopped. */
    synchronized void add(Runnable stop) {
        added(stop);
    }

    /** Something that all others stand on, and that stops last. */
    synchronized void addFirst(Runnable stop) {
        stops.addLast(stop);
    }

    synchronized void stop() {
        stopped = true;
        while (!stops.isEmpty()) {
            stops.pop().run();
        }
    }

    /** Whether it has been told to stop. */
    synchronized boolean stopped() {
        return stopped;
    }

    private void added(Runnable stop) {
        stops.push(stop);
        if (stopped) {
            stop();
        }
    }
}
