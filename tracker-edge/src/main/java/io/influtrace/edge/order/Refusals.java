package io.influtrace.edge.order;

import io.influtrace.edge.http.Bodies;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The refusals of a beacon that need no table: each with the code that the pixel, the merchant and the metrics read. */
public final class Refusals {

    private static final String RETRY_SECONDS = "2";

    private Refusals() {}

    /** An integration of that id and type may be seconds old. */
    public static Problem unknown() {
        return Problem.passing(404, "integration_unknown", "No such integration is known here yet.");
    }

    /** Redis is away. */
    public static Problem unavailable(HttpServerRequest request) {
        request.response().putHeader("Retry-After", RETRY_SECONDS);
        return Problem.passing(503, "store_unavailable", "The report could not be kept; send it again.");
    }

    /** More reports than one integration may send. */
    public static Problem rateLimited(HttpServerRequest request, long seconds) {
        request.response().putHeader("Retry-After", Long.toString(seconds));
        return Problem.passing(429, "rate_limited", "Too many reports of this integration.");
    }

    /** A store that is not verified may ping, so that it can be. */
    static Optional<Problem> byStatus(IntegrationRecord integration, boolean ping) {
        return switch (integration.status()) {
            case "disconnected" ->
                Optional.of(Problem.last(403, "integration_disconnected", "This integration was disconnected."));
            case "pending" ->
                ping
                        ? Optional.empty()
                        : Optional.of(
                                Problem.last(403, "integration_pending", "This integration has to be verified first."));
            default -> Optional.empty();
        };
    }

    static Optional<Problem> byForm(HttpServerRequest request, boolean empty) {
        @Nullable String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean plain = request.getHeader(HttpHeaders.CONTENT_ENCODING) == null;
        if (plain && (Bodies.isJsonOrText(type) || (type == null && empty))) {
            return Optional.empty();
        }
        return Optional.of(Problem.last(415, "unsupported_type", "A beacon is JSON as text/plain or application/json.")
                .compared("text/plain or application/json", String.valueOf(type)));
    }
}
