package io.influtrace.edge.order;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.http.Bodies;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.SafeHeaders;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conversions and refunds that a store's own server reports under its secret. The secret is looked up by its SHA-256,
 * so no comparison's time tells anything of it. Confined to its event loop.
 */
public final class ServerCalls {

    private static final Buffer ACCEPTED = Buffer.buffer("{\"status\":\"accepted\"}");
    private static final String SCHEME = "bearer ";

    private final Directory directory;
    private final Bodies bodies;
    private final ReportWriter writer;
    private final RateLimits limits;
    private final CustomerHash customers;
    private final Clock clock;
    private final OrderMeters meters;

    private ServerCalls(
            Directory directory,
            Bodies bodies,
            ReportWriter writer,
            RateLimits limits,
            CustomerHash customers,
            Clock clock,
            OrderMeters meters) {
        this.directory = directory;
        this.bodies = bodies;
        this.writer = writer;
        this.limits = limits;
        this.customers = customers;
        this.clock = clock;
        this.meters = meters;
    }

    /** The calls of the calling event loop. */
    public static ServerCalls of(
            Bodies bodies,
            Directory directory,
            ReportWriter writer,
            RateLimits limits,
            byte[] customerKey,
            Clock clock,
            OrderMeters meters) {
        return new ServerCalls(directory, bodies, writer, limits, CustomerHash.of(customerKey), clock, meters);
    }

    private interface Reading {
        Report read(Body body, Receipt receipt) throws Invalid;
    }

    /** Takes in conversions. */
    public Handler<RoutingContext> conversions() {
        return route -> take(route, "conversion", (body, receipt) -> ServerBody.conversion(body, receipt, customers));
    }

    /** Takes in refunds and cancellations. */
    public Handler<RoutingContext> refunds() {
        return route -> take(route, "refund", ServerBody::refund);
    }

    private void take(RoutingContext route, String kind, Reading reading) {
        HttpServerRequest request = route.request();
        bodies.read(request, bytes -> judge(request, kind, bytes, reading), problem -> refuse(request, kind, problem));
    }

    private void judge(HttpServerRequest request, String kind, Buffer bytes, Reading reading) {
        Optional<IntegrationRecord> sender = sender(request);
        if (sender.isEmpty()) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            refuse(request, kind, Problem.last(401, "unauthorized", "The integration's secret is missing or wrong."));
            return;
        }
        IntegrationRecord integration = sender.get();
        long wait = limits.secondsToWait(integration.id());
        if (wait > 0) {
            refuse(request, kind, Refusals.rateLimited(request, wait));
            return;
        }
        if (!Bodies.isJsonOrText(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(request, kind, Problem.last(415, "unsupported_type", "The body is application/json."));
            return;
        }
        try {
            Receipt receipt = new Receipt(integration, clock.millis(), false, List.of());
            keep(request, kind, reading.read(Body.parse(bytes.getBytes()), receipt));
        } catch (Invalid invalid) {
            refuse(request, kind, invalid.problem());
        }
    }

    private void keep(HttpServerRequest request, String kind, Report report) {
        writer.write(report, identity(report))
                .onSuccess(known -> {
                    Optional<JsonObject> repeated = KnownOrder.read(known).flatMap(order -> answer(order, report));
                    meters.beacon(kind, repeated.isPresent() ? "repeated" : "accepted", "");
                    if (!request.response().closed()) {
                        SafeHeaders.data(request.response())
                                .setStatusCode(repeated.isPresent() ? 200 : 202)
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                .end(repeated.map(JsonObject::toBuffer).orElse(ACCEPTED));
                    }
                })
                .onFailure(lost -> refuse(request, kind, Refusals.unavailable(request)));
    }

    private static OrderIdentity identity(Report report) {
        return report instanceof OrderReport order ? order.identity() : ((RefundReport) report).identity();
    }

    /** A repeat is answered with what came of the first; empty where this one is the first. */
    private static Optional<JsonObject> answer(KnownOrder known, Report report) {
        return report instanceof RefundReport refund
                ? known.refund(refund.refundId())
                : known.decision(identity(report).orderId());
    }

    private void refuse(HttpServerRequest request, String kind, Problem problem) {
        meters.beacon(kind, "refused", problem.code());
        problem.send(request.response());
    }

    private Optional<IntegrationRecord> sender(HttpServerRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] digest = sha256(header.substring(SCHEME.length()).strip());
        String hex = HexFormat.of().formatHex(digest);
        return directory
                .integrationOfSecret(hex)
                .filter(found -> MessageDigest.isEqual(
                        hex.getBytes(StandardCharsets.ISO_8859_1),
                        found.secret().orElse("").getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
