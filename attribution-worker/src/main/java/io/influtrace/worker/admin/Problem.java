package io.influtrace.worker.admin;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A refusal as RFC 9457 says it, with the stable code that programs read.
 *
 * @param retry false where the same request can never succeed
 * @param field the field at fault, in a body or a query
 * @param more what else the caller must know to mend it
 */
record Problem(int status, String code, boolean retry, String detail, Optional<String> field, JsonObject more) {

    static final String TYPE = "application/problem+json";

    /** A refusal that no repetition mends. */
    static Problem last(int status, String code, String detail) {
        return new Problem(status, code, false, detail, Optional.empty(), new JsonObject());
    }

    /** A refusal that time may mend. */
    static Problem passing(int status, String code, String detail) {
        return new Problem(status, code, true, detail, Optional.empty(), new JsonObject());
    }

    /** A field that is missing or says what it must not. */
    static Problem invalid(String field, String detail) {
        return new Problem(400, "invalid_body", false, field + " " + detail, Optional.of(field), new JsonObject());
    }

    /** A thing that is not there. */
    static Problem unknown(String what) {
        return last(404, "not_found", what + " is not known here.");
    }

    /** The same with more to know. */
    Problem with(JsonObject facts) {
        return new Problem(status, code, retry, detail, field, facts);
    }

    /** As an exception for parsers and edits; without a stack trace, since it is an expected answer. */
    Refusal refusal() {
        return new Refusal(this);
    }

    /** The body. */
    JsonObject json() {
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
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }
}
