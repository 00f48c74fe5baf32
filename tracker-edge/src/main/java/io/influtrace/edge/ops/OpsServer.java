package io.influtrace.edge.ops;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** The private port: metrics for Prometheus, health for whoever sends traffic. */
public final class OpsServer {

    private static final int IDLE_SECONDS = 30;

    private final Meters meters;
    private final Supplier<Readiness> readiness;

    private OpsServer(Meters meters, Supplier<Readiness> readiness) {
        this.meters = meters;
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

    /** Listens on that port, 0 for any. */
    public static Future<HttpServer> listen(Vertx vertx, int port, Meters meters, Supplier<Readiness> readiness) {
        OpsServer ops = new OpsServer(meters, readiness);
        return vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(ops::answer)
                .listen(port);
    }

    private void answer(HttpServerRequest request) {
        request.response().putHeader("X-Content-Type-Options", "nosniff");
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
                        .end(meters.scrape());
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
