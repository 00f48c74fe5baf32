package io.influtrace.edge.pixel;

import io.influtrace.edge.pixel.PixelFile.Encoded;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Serves the pixel from memory, either under a name that stays or under one that names its bytes. */
public final class PixelHandler implements Handler<RoutingContext> {

    private static final CharSequence SHORT =
            HttpHeaders.createOptimized("public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800");
    private static final CharSequence LONG = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private final PixelFile file;
    private final CharSequence caching;

    private PixelHandler(PixelFile file, CharSequence caching) {
        this.file = file;
        this.caching = caching;
    }

    /** Under a name that stays: asked for again after five minutes. */
    public static PixelHandler moving(PixelFile file) {
        return new PixelHandler(file, SHORT);
    }

    /** Under the name of its bytes: never asked for again. */
    public static PixelHandler pinned(PixelFile file) {
        return new PixelHandler(file, LONG);
    }

    @Override
    public void handle(RoutingContext route) {
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
