package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipFile;

/**
 * What a shopper's pages feel of the pixel: one with a click in its address, then one with an order of twenty lines, in
 * Chromium slowed down to a phone, traced. Each round is a first visit; a hundred keys of the shop's own lie in storage.
 */
final class PageBench implements Bench {

    private static final double LONGEST_TASK_MS = 5;
    private static final long AFTER_LOAD_NANOS = 1_500_000_000L;
    private static final String PIXEL = "t.js";

    /** Requests that began before the page's load event and might have waited. */
    private static final String EARLY = "performance.getEntriesByType('resource').filter(function (each) {"
            + " return /ping$|surveys$/.test(each.name)"
            + " && each.startTime < performance.getEntriesByType('navigation')[0].loadEventStart })"
            + ".map(function (each) { return each.name }).join()";

    private static final String LANDING = """
            <!doctype html><title>shop</title><link rel="icon" href="data:,">
            <script>
              localStorage.clear();
              for (var i = 0; i < 100; i++) localStorage['shop-' + i] = 'x'.repeat(500);
            </script>
            SNIPPET
            <h1>Mugs</h1>
            """;

    private static final String THANKS = """
            <!doctype html><title>shop</title><link rel="icon" href="data:,">
            SNIPPET
            <h1>Thank you</h1>
            <script>influtrace('order', {orderId: 'P' + Math.random(), value: 79, currency: 'USD', coupon: 'AVA10',
              items: Array(20).fill({sku: 'mug', name: 'A mug of clay', quantity: 1, price: 3.95})})</script>
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        Vertx vertx = Vertx.vertx();
        List<Row> rows = new ArrayList<>();
        try {
            String pixel = pixel(bed);
            String edge = "http://127.0.0.1:" + listen(vertx, request -> edge(request, pixel));
            String snippet = Snippet.of(edge, "int_bench");
            String shop = "http://localhost:" + listen(vertx, request -> shop(request, snippet));
            for (Phone phone : Phone.values()) {
                rows.addAll(slowed(bed, pace, phone, shop));
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return rows;
    }

    private List<Row> slowed(Bed bed, Pace pace, Phone phone, String shop) throws IOException {
        Series longest = new Series();
        Series script = new Series();
        long layouts = 0;
        String early = "";
        double slower;
        try (DevTools page = DevTools.open(bed.fresh("chromium-" + phone))) {
            page.call("Page.enable", new JsonObject());
            // A page of its own to calibrate on: what the browser starts with may still be giving way to another.
            CompletableFuture<JsonObject> there = page.event("Page.loadEventFired");
            page.call("Page.navigate", new JsonObject().put("url", shop + "/"));
            there.join();
            slower = phone.slow(page);
            // The first visit warms the browser itself; the last says who forced a layout, which costs time.
            for (int round = 0; round <= pace.rounds() + 1; round++) {
                boolean last = round > pace.rounds();
                String click = String.format(Locale.ROOT, "%054d", round);
                Trace landing = visit(page, shop + "/?ref=ava&itc=" + click, last);
                early += early(page);
                Trace thanks = visit(page, shop + "/thanks", last);
                early += early(page);
                if (last) {
                    layouts = landing.layouts() + thanks.layouts();
                } else if (round > 0) {
                    longest.add(Math.max(landing.longestTaskMs(), thanks.longestTaskMs()));
                    script.add(Math.max(landing.scriptMs(), thanks.scriptMs()));
                }
            }
        }
        String suffix = ", " + phone.words;
        String task = "longest task with any of the pixel in it, ms" + suffix;
        return List.of(
                Row.seen("times slower than this machine" + suffix, "%.1f", slower),
                phone == Phone.MID_TIER
                        ? Row.atMost(task, longest, "%.1f", LONGEST_TASK_MS)
                        : Row.seen(task, longest.words("%.1f")),
                Row.seen("all of the pixel's script on a page, ms" + suffix, script.words("%.1f")),
                Row.must("no layout forced" + suffix, layouts == 0),
                Row.must("nothing but the pixel and the order before the page has loaded" + suffix, early.isEmpty()),
                Row.must("no preflight" + suffix, asked.stream().noneMatch(line -> line.startsWith("OPTIONS"))));
    }

    /** What the pixel sent before the page had loaded, but an order. */
    private static String early(DevTools page) {
        return page.call("Runtime.evaluate", new JsonObject().put("expression", EARLY))
                .getJsonObject("result")
                .getString("value");
    }

    private static Trace visit(DevTools page, String url, boolean stacks) {
        List<JsonObject> events = new CopyOnWriteArrayList<>();
        page.listen(
                "Tracing.dataCollected",
                part -> part.getJsonArray("value").forEach(event -> events.add((JsonObject) event)));
        CompletableFuture<JsonObject> done = page.event("Tracing.tracingComplete");
        JsonArray categories =
                new JsonArray().add("devtools.timeline").add("toplevel").add("v8");
        if (stacks) {
            categories.add("disabled-by-default-devtools.timeline").add("disabled-by-default-devtools.timeline.stack");
        }
        page.call(
                "Tracing.start",
                new JsonObject().put("traceConfig", new JsonObject().put("includedCategories", categories)));
        CompletableFuture<JsonObject> loaded = page.event("Page.loadEventFired");
        page.call("Page.navigate", new JsonObject().put("url", url));
        loaded.join();
        LockSupport.parkNanos(AFTER_LOAD_NANOS);
        page.call("Tracing.end", new JsonObject());
        done.join();
        return Trace.of(events, PIXEL);
    }

    /** An edge that only says yes: its own time is none of the page's. */
    private void edge(HttpServerRequest request, String pixel) {
        asked.add(request.method() + " " + request.path());
        boolean get = request.method().equals(HttpMethod.GET);
        request.response()
                .putHeader("Access-Control-Allow-Origin", String.valueOf(request.getHeader("Origin")))
                .putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Content-Type", "text/javascript")
                .setStatusCode(get ? 200 : 202)
                .end(get ? pixel : "");
    }

    private static void shop(HttpServerRequest request, String snippet) {
        String page = "/thanks".equals(request.path()) ? THANKS : LANDING;
        request.response().putHeader("Content-Type", "text/html").end(page.replace("SNIPPET", snippet));
    }

    private static int listen(Vertx vertx, Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static String pixel(Bed bed) throws IOException {
        try (ZipFile jar = new ZipFile(bed.jar("tracker-edge").toFile());
                InputStream in = jar.getInputStream(jar.getEntry("io/influtrace/edge/pixel/t.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
