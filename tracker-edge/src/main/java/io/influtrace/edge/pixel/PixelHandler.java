package io.influtrace.edge.pixel;

import io.influtrace.edge.pixel.PixelFile.Encoded;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves the pixel from memory, either under a name that stays or under one that names its bytes. */
public final class PixelHandler implements Handler<RoutingContext> {

    private static final CharSequence SHORT =
            HttpHeaders.createOptimized("public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800");
    private static final CharSequence LONG = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private final Function<RoutingContext, Future<Optional<PixelFile>>> file;
    private final CharSequence caching;

    private PixelHandler(Function<RoutingContext, Future<Optional<PixelFile>>> file, CharSequence caching) {
        this.file = file;
        this.caching = caching;
    }

    /** Under a name that stays: asked for again after five minutes. */
    public static PixelHandler moving(PixelFile file) {
        Future<Optional<PixelFile>> always = Future.succeededFuture(Optional.of(file));
        return new PixelHandler(route -> always, SHORT);
    }

    /** Under the name of its bytes, the path's {@code hash}: never asked for again. */
    public static PixelHandler pinned(PinnedPixels pixels) {
        return new PixelHandler(
                route -> pixels.find(
                        String.valueOf(route.pathParam("hash")), route.vertx().getOrCreateContext()),
                LONG);
    }

    @Override
    public void handle(RoutingContext route) {
        file.apply(route).onSuccess(found -> found.ifPresentOrElse(pixel -> send(route, pixel), route::next));
    }

    private void send(RoutingContext route, PixelFile file) {
        Encoded best = file.best(route.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        HttpServerResponse response = route.response();
        MultiMap headers = response.headers();
        headers.set(HttpHeaders.ETAG, best.etag())
                .set(HttpHeaders.CACHE_CONTROL, caching)
                .set(HttpHeaders.VARY, "Accept-Encoding")
                .set("Access-Control-Allow-Origin", "*")
                .set("Cross-Origin-Resource-Policy", "cross-origin")
                .set("Timing-Allow-Origin", "*")
                .set("X-Content-Type-Options", "nosniff");
        if (matches(route.request().getHeader(HttpHeaders.IF_NONE_MATCH), best.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        headers.set(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8");
        if (!best.name().isEmpty()) {
            headers.set(HttpHeaders.CONTENT_ENCODING, best.name());
        }
        response.end(best.bytes());
    }

    private static boolean matches(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }
}
