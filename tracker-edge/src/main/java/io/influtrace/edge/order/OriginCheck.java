package io.influtrace.edge.order;

import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.Origin;
import io.influtrace.protocol.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * The exact-origin check: scheme, host and port of the one Origin header against the registered origin, both in their
 * normal form. Never the Referer, never without {@code www.}; {@code null} or a second header never match.
 */
final class OriginCheck {

    private OriginCheck() {}

    /** Sets what every answer bears, and names the refusal where there is one. */
    static Optional<Problem> judge(HttpServerRequest request, IntegrationRecord integration) {
        request.response().putHeader(HttpHeaders.VARY, "Origin");
        String registered = integration.origin().orElse("");
        List<String> sent = request.headers().getAll(HttpHeaders.ORIGIN);
        if (sent.isEmpty()) {
            return Optional.of(Problem.last(403, "origin_missing", "A beacon comes from a page and bears its Origin.")
                    .compared(registered, ""));
        }
        Optional<Origin> came = sent.size() == 1 ? Origin.parse(sent.get(0)) : Optional.empty();
        boolean matches = came.isPresent() && Origin.parse(registered).equals(came);
        if (!matches) {
            return Optional.of(Problem.last(403, "origin_mismatch", "The page's origin is not the registered one.")
                    .compared(registered, String.join(", ", sent)));
        }
        request.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, came.get().text())
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, " + Beacons.STATUS);
        return Optional.empty();
    }
}
