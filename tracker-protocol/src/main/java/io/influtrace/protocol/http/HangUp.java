package io.influtrace.protocol.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * Ends an HTTP/1 connection behind the answer to a request, whatever the sender has still to say. The header alone does
 * not: Vert.x closes for the sender's own {@code Connection: close}, not for ours. HTTP/2 ends its stream by itself.
 */
public final class HangUp {

    /** What is still being sent is read and dropped this long, so that the answer is not lost with a reset. */
    private static final long LINGER_SECONDS = 2;

    /** More than a body, Redis's deadline and the answer take together. */
    private static final long IN_HAND_SECONDS = 30;

    private HangUp() {}

    /** The answer is ready and more of the request may be on its way. */
    public static void soon(HttpServerRequest request) {
        behind(request, LINGER_SECONDS);
    }

    /** The answer is still to be found; from now on no further request of this connection is looked at. */
    static void afterAnswer(HttpServerRequest request) {
        behind(request, IN_HAND_SECONDS);
    }

    private static void behind(HttpServerRequest request, long seconds) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.connection().shutdown(seconds, TimeUnit.SECONDS);
        }
    }
}
