package io.influtrace.protocol.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Headers that keep a browser from making more of an answer than it is. */
public final class SafeHeaders {

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
    private static final CharSequence STYLED = HttpHeaders.createOptimized(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");

    private SafeHeaders() {}

    /** For data: nothing in it is ever run, framed or taken for another type. */
    public static HttpServerResponse data(HttpServerResponse response) {
        return safe(response, NOTHING);
    }

    /** For a page of our own: styles within it, and nothing else. */
    public static HttpServerResponse page(HttpServerResponse response) {
        return safe(response, STYLED);
    }

    private static HttpServerResponse safe(HttpServerResponse response, CharSequence policy) {
        return response.putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(POLICY, policy)
                .putHeader(REFERRER_POLICY, NO_REFERRER);
    }
}
