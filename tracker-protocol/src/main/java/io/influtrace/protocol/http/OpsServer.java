package io.influtrace.protocol.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The private port: metrics for Prometheus, health for whoever sends traffic. */
public final class OpsServer {

    /** Scrapers and load balancers are few; beyond them somebody holds connections who should not. */
    private static final Connections.Limits LIMITS =
            new Connections.Limits(256, Duration.ofSeconds(10), Duration.ofSeconds(75));

    private final Supplier<String> metrics;
    private final Supplier<Readiness> readiness;

    private OpsServer(Supplier<String> metrics, Supplier<Readiness> readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    /**
     * What works right now.
     *
     * @param ready true while requests should come here
     * @param degraded what does not work although requests should come
     */
    public record Readiness(boolean ready, String state, List<String> degraded) {
        public Readiness {
            degraded = List.copyOf(degraded);
        }
    }

    /**
     * Listens on that port, 0 for any.
     *
     * @param metrics the text that Prometheus reads
     * @param refused told the reason of each connection or request that is turned away
     */
    public static Future<HttpServer> listen(
            Vertx vertx, int port, Supplier<String> metrics, Supplier<Readiness> readiness, Consumer<String> refused) {
        OpsServer ops = new OpsServer(metrics, readiness);
        HttpMeters meters = new HttpMeters() {
            @Override
            public void connections(int change) {
                // The public port's are counted; these come by the clock.
            }

            @Override
            public void refused(String reason) {
                refused.accept(reason);
            }
        };
        Promise<HttpServer> listening = Promise.promise();
        // All of one server is the business of one loop, whoever calls.
        vertx.runOnContext(own -> Connections.guard(
                        vertx,
                        vertx.createHttpServer(BoundedPort.options(LIMITS)),
                        ops::answer,
                        LIMITS,
                        meters,
                        Heads.Host.NAMED_SINCE_1_1)
                .listen(port)
                .onComplete(listening));
        return listening.future();
    }

    private void answer(HttpServerRequest request) {
        SafeHeaders.data(request.response());
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response()
                    .setStatusCode(405)
                    .putHeader("Allow", "GET, HEAD")
                    .end();
            return;
        }
        switch (String.valueOf(request.path())) {
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.get());
            case "/health/live" -> json(request, 200, new JsonObject().put("status", "live"));
            case "/health/ready" -> {
                Readiness now = readiness.get();
                json(
                        request,
                        now.ready ? 200 : 503,
                        new JsonObject().put("status", now.state).put("degraded", new JsonArray(now.degraded)));
            }
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
