package io.influtrace.protocol.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a request head may not say. Netty refuses most of it; here is what it lets pass although a proxy before us may
 * read it otherwise, and whoever reads a length otherwise takes the rest of a body for the next visitor's request.
 */
final class Heads {

    private static final Problem HOST =
            Problem.last(400, "bad_host", "A request names the host that it was sent to, once.");
    private static final Problem FRAMING =
            Problem.last(400, "bad_framing", "The one transfer coding understood is chunked, in HTTP/1.1.");
    private static final Problem LINE = Problem.last(414, "uri_too_long", "An address has at most 8 KiB.");
    private static final Problem HEADERS = Problem.last(431, "headers_too_large", "Headers have at most 16 KiB.");
    private static final Problem UNREADABLE = Problem.last(400, "bad_request", "The request cannot be read.");

    private Heads() {}

    /** Who must name the host that a request was sent to. */
    enum Host {
        /** Everybody. */
        NAMED,
        /** All but HTTP/1.0, which knows no such header: load balancers still ask for health in it. */
        NAMED_SINCE_1_1;

        private boolean isMissing(HttpServerRequest request) {
            boolean excused = this == NAMED_SINCE_1_1
                    && request.version() == HttpVersion.HTTP_1_0
                    && !request.headers().contains(HttpHeaders.HOST);
            return request.authority() == null && !excused;
        }
    }

    static @Nullable Problem fault(HttpServerRequest request, Host host) {
        if (host.isMissing(request)
                || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return HOST;
        }
        @Nullable String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        return coding == null || isPlain(coding, request) ? null : FRAMING;
    }

    private static boolean isPlain(String coding, HttpServerRequest request) {
        return coding.equalsIgnoreCase("chunked")
                && request.version() == HttpVersion.HTTP_1_1
                && request.headers().getAll(HttpHeaders.TRANSFER_ENCODING).size() == 1;
    }

    static boolean isChunked(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** The word for what a sender did behind a head that was fine, or null where the line merely broke. */
    static @Nullable String abuse(Throwable failure) {
        if (failure instanceof Http2Exception) {
            return "bad_frames";
        }
        // Netty tells a chunk whose size cannot be read by either.
        return failure instanceof NumberFormatException || failure instanceof DecoderException ? "bad_chunk" : null;
    }

    static Problem unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return LINE;
        }
        return cause instanceof TooLongHttpHeaderException ? HEADERS : UNREADABLE;
    }
}
