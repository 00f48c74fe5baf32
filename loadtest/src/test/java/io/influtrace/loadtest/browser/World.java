package io.influtrace.loadtest.browser;

import io.vertx.core.Vertx;

/** A recording edge and a shop on two sites, for one test. */
record World(Vertx vertx, RecordingEdge edge, ShopPages shop) implements AutoCloseable {

    static World start() {
        Vertx vertx = Vertx.vertx();
        return new World(vertx, RecordingEdge.start(vertx), ShopPages.start(vertx));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
