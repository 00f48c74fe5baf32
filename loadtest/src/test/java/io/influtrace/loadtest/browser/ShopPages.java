package io.influtrace.loadtest.browser;

import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A shop whose pages a test writes itself; each has its own port, so that nothing kept by one test reaches another. */
public final class ShopPages {

    static final String INTEGRATION = "int_shop";

    /** Every page collects what goes wrong in it. */
    private static final String HEAD = """
            <!doctype html><meta charset="utf-8"><title>shop</title><link rel="icon" href="data:,">
            <script>
              var errors = [];
              addEventListener('error', function (e) { errors.push(e.message) });
              addEventListener('unhandledrejection', function (e) { errors.push('' + e.reason) });
            </script>
            """;

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();
    private final HttpServer server;

    private ShopPages(HttpServer server) {
        this.server = server;
    }

    public static ShopPages start(Vertx vertx) {
        HttpServer server = vertx.createHttpServer();
        ShopPages shop = new ShopPages(server);
        server.requestHandler(shop::serve)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return shop;
    }

    public String url(String path) {
        return "http://localhost:" + server.actualPort() + path;
    }

    /** A page whose body comes after the public snippet. */
    ShopPages page(String path, RecordingEdge edge, String body) {
        return raw(path, Snippet.of(edge.url(), INTEGRATION) + body);
    }

    /** A page that brings its own snippet, or does something before it. */
    public ShopPages raw(String path, String body) {
        pages.put(path, HEAD + body);
        return this;
    }

    public ShopPages header(String path, String name, String value) {
        headers.put(path, Map.of(name, value));
        return this;
    }

    /** Waits until a page or picture was asked for. */
    public void await(String path) {
        Eventually.holds(DEADLINE, () -> asked.contains(path), () -> path + ", asked was " + asked);
    }

    private void serve(HttpServerRequest request) {
        asked.add(String.valueOf(request.uri()));
        String page = pages.get(request.path());
        headers.getOrDefault(request.path(), Map.of()).forEach(request.response()::putHeader);
        request.response()
                .setStatusCode(page == null ? 404 : 200)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-cache")
                .end(page == null ? "" : page);
    }
}
