package io.influtrace.protocol.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A refusal as RFC 9457 says it, with the stable code that programs read.
 *
 * @param retry false where the same request can never succeed
 * @param field the field at fault, in a body or a query
 * @param more what else the caller must know to mend it
 */
public record Problem(int status, String code, boolean retry, String detail, Optional<String> field, JsonObject more) {

    private static final CharSequence TYPE = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final String EXPECTED = "expected";
    private static final String GOT = "got";

    /** A refusal that no repetition mends. */
    public static Problem last(int status, String code, String detail) {
        return new Problem(status, code, false, detail, Optional.empty(), new JsonObject());
    }

    /** A refusal that time may mend. */
    public static Problem passing(int status, String code, String detail) {
        return new Problem(status, code, true, detail, Optional.empty(), new JsonObject());
    }

    /** What nobody foresaw, and the log explains. */
    public static Problem internal() {
        return passing(500, "internal_error", "Something went wrong here.");
    }

    /** A field that is missing or says what it must not. */
    public static Problem invalid(String field, String detail) {
        return last(400, "invalid_body", field + " " + detail).at(field);
    }

    /** A thing that is not there. */
    public static Problem unknown(String what) {
        return last(404, "not_found", what + " is not known here.");
    }

    /** The same, naming the field. */
    public Problem at(String name) {
        return new Problem(status, code, retry, detail, Optional.of(name), more);
    }

    /** The same with more to know. */
    public Problem with(JsonObject facts) {
        return new Problem(status, code, retry, detail, field, facts);
    }

    /** The same, naming what would have been right and what came instead. */
    public Problem compared(String wanted, String came) {
        return with(new JsonObject().put(EXPECTED, wanted).put(GOT, came));
    }

    /** What would have been right. */
    public Optional<String> expected() {
        return Optional.ofNullable(more.getString(EXPECTED));
    }

    /** What came instead. */
    public Optional<String> got() {
        return Optional.ofNullable(more.getString(GOT));
    }

    /** As an exception for parsers and edits; without a stack trace, since it is an expected answer. */
    public Refusal refusal() {
        return new Refusal(this);
    }

    /** Ends the response with it; headers set before stay. */
    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        SafeHeaders.data(response)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .setStatusCode(status)
                .end(json().toBuffer());
    }

    private JsonObject json() {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title())
                .put("status", status)
                .put("code", code)
                .put("retry", retry)
                .put("detail", detail);
        field.ifPresent(name -> body.put("field", name));
        return body.mergeIn(more);
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
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
