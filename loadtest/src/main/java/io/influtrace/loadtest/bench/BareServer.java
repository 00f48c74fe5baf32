package io.influtrace.loadtest.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/** What a redirect costs at the least in Vert.x: one event loop that answers everything with one fixed 302. */
final class BareServer {

    private BareServer() {}

    static void run(int port) {
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
                .build();
        CharSequence location = HttpHeaders.createOptimized("https://shop.example.com/product?ref=ava");
        CharSequence nothing = HttpHeaders.createOptimized("0");
        vertx.createHttpServer(new HttpServerOptions().setPort(port))
                .requestHandler(request -> {
                    request.response()
                            .setStatusCode(302)
                            .putHeader(HttpHeaders.LOCATION, location)
                            .putHeader(HttpHeaders.CONTENT_LENGTH, nothing);
                    request.response().end();
                })
                .listen()
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }
}
