package io.influtrace.edge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A refusal as RFC 9457 says it, with the stable code that programs read.
 *
 * @param retry false where the same request can never succeed
 * @param field the field at fault, in a body
 * @param expected what would have been right, and {@code got} what came instead
 */
public record Problem(
        int status,
        String code,
        boolean retry,
        String detail,
        Optional<String> field,
        Optional<String> expected,
        Optional<String> got) {

    private static final CharSequence TYPE = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** A refusal that no repetition mends. */
    public static Problem last(int status, String code, String detail) {
        return new Problem(status, code, false, detail, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A refusal that time may mend. */
    public static Problem passing(int status, String code, String detail) {
        return new Problem(status, code, true, detail, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What nobody foresaw, and the log explains. */
    public static Problem internal() {
        return passing(500, "internal_error", "Something went wrong here.");
    }

    /** The same, naming the field. */
    public Problem at(String name) {
        return new Problem(status, code, retry, detail, Optional.of(name), expected, got);
    }

    /** The same, naming both sides of a comparison. */
    public Problem compared(String wanted, String came) {
        return new Problem(status, code, retry, detail, field, Optional.of(wanted), Optional.of(came));
    }

    /** Ends the response with it; headers set before stay. */
    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title())
                .put("status", status)
                .put("code", code)
                .put("retry", retry)
                .put("detail", detail);
        field.ifPresent(name -> body.put("field", name));
        expected.ifPresent(wanted -> body.put("expected", wanted));
        got.ifPresent(came -> body.put("got", came));
        SafeHeaders.data(response)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .setStatusCode(status)
                .end(body.toBuffer());
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 410 -> "Gone";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }
}
