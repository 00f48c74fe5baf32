package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.browser.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before the real edge as a proxy or a bad network would: it passes all on, keeps note of what came, and on demand
 * answers 503 itself, hides an answer, or is gone.
 */
final class Gate {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final HttpClient client;
    private final String edge;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private HttpServer server;

    private Gate(Vertx vertx, String edge) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
        this.edge = edge;
        this.server = listen(0);
    }

    static Gate before(Vertx vertx, String edge) {
        return new Gate(vertx, edge);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The next orders get 503, so many. */
    void refuse(int orders) {
        refusals.set(orders);
    }

    /** The next orders reach the edge, and their answers nobody, so many. */
    void loseAnswers(int orders) {
        losses.set(orders);
    }

    void goAway() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    void comeBack() {
        server = listen(server.actualPort());
    }

    /** Forgets what came until now. */
    void forget() {
        seen.clear();
        refusals.set(0);
        losses.set(0);
    }

    long preflights() {
        return seen.stream().filter(line -> line.startsWith("OPTIONS ")).count();
    }

    long orders() {
        return seen.stream()
                .filter(line -> line.startsWith("POST ") && line.endsWith("/orders"))
                .count();
    }

    void awaitOrders(int count) {
        Eventually.holds(DEADLINE, () -> orders() >= count, () -> count + " orders at the gate, came " + seen);
    }

    private HttpServer listen(int port) {
        return vertx.createHttpServer()
                .requestHandler(this::pass)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void pass(HttpServerRequest request) {
        boolean order = request.method().equals(HttpMethod.POST)
                && String.valueOf(request.path()).endsWith("/orders");
        seen.add(request.method() + " " + request.path());
        if (order && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            request.response().setStatusCode(503).end();
            return;
        }
        boolean lost = order && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        request.body()
                .compose(body -> client.request(
                                new RequestOptions().setMethod(request.method()).setAbsoluteURI(edge + request.uri()))
                        .compose(onward -> send(request, onward, body, lost)))
                .onFailure(gone -> request.connection().close());
    }

    private static io.vertx.core.Future<Void> send(
            HttpServerRequest request, HttpClientRequest onward, Buffer body, boolean lost) {
        request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Connection")) {
                onward.headers().add(name, value);
            }
        });
        return onward.send(body)
                .compose(answer -> answer.body().compose(bytes -> {
                    if (lost) {
                        return request.connection().close();
                    }
                    answer.headers().forEach((name, value) -> {
                        if (!name.equalsIgnoreCase(HttpHeaders.TRANSFER_ENCODING.toString())) {
                            request.response().headers().add(name, value);
                        }
                    });
                    return request.response().setStatusCode(answer.statusCode()).end(bytes);
                }));
    }
}
