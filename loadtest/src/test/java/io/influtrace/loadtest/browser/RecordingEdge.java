package io.influtrace.loadtest.browser;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Serves the built pixel, keeps what browsers send, and answers as it is told: what an edge cannot be made to do. */
final class RecordingEdge {

    private static final Path PIXEL = Path.of("../tracker-edge/target/classes/io/influtrace/edge/pixel/t.js");
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<Beacon> received = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final Vertx vertx;
    private final String pixel;
    private HttpServer server;

    private RecordingEdge(Vertx vertx, String pixel) {
        this.vertx = vertx;
        this.pixel = pixel;
        this.server = listen(0);
    }

    static RecordingEdge start(Vertx vertx) {
        return new RecordingEdge(vertx, pixel());
    }

    /** Nobody answers any more, as where the network is gone. */
    void goAway() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Answers again at the same address. */
    void comeBack() {
        server = listen(server.actualPort());
    }

    private HttpServer listen(int port) {
        return vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The pixel as it ships. */
    static String pixel() {
        if (!Files.exists(PIXEL)) {
            throw new AssertionError(PIXEL + " is missing: build tracker-edge first (./mvnw verify does)");
        }
        try {
            return Files.readString(PIXEL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another site than the shop's. */
    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The next orders and surveys get these answers, then all are accepted. */
    synchronized void willAnswer(Answer... next) {
        answers.addAll(List.of(next));
    }

    synchronized List<Beacon> received(String kind) {
        return received.stream().filter(beacon -> beacon.kind().equals(kind)).toList();
    }

    synchronized List<Beacon> preflights() {
        return received.stream()
                .filter(beacon -> beacon.method().equals("OPTIONS"))
                .toList();
    }

    /** Waits until so many requests of a kind have come. */
    List<Beacon> await(String kind, int count) {
        Eventually.holds(
                DEADLINE, () -> received(kind).size() >= count, () -> count + " " + kind + ", saw " + received);
        return received(kind);
    }

    private void serve(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            request.response().putHeader("Content-Type", "text/javascript").end(pixel);
            return;
        }
        request.body().onSuccess(body -> {
            Answer answer = keep(new Beacon(
                    request.method().name(), String.valueOf(request.path()), request.headers(), body.toString()));
            HttpServerResponse response = request.response();
            if (answer.status() == 0) {
                request.connection().close();
                return;
            }
            if (answer.retryAfter() > 0) {
                response.putHeader("Retry-After", Integer.toString(answer.retryAfter()));
            }
            response.putHeader("Access-Control-Allow-Origin", String.valueOf(request.getHeader("Origin")))
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Access-Control-Expose-Headers", "Retry-After")
                    .setStatusCode(answer.status())
                    .end(answer.body());
        });
    }

    private synchronized Answer keep(Beacon beacon) {
        received.add(beacon);
        if (beacon.kind().equals("ping")) {
            return new Answer(204, "", 0);
        }
        Answer next = answers.poll();
        return next == null ? Answer.ACCEPTED : next;
    }
}
