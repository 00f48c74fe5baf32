package io.influtrace.edge.order;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.http.Bodies;
import io.influtrace.edge.redirect.BrowserMemory;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.SafeHeaders;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.Report;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pixel's three calls, in one order of judgement: integration, origin, status, rate, form, body, and only then Redis.
 * A 2xx of an order or a survey means that it lies in its stream. Confined to its event loop.
 */
public final class Beacons {

    private static final Buffer ACCEPTED = Buffer.buffer("{\"status\":\"accepted\"}");
    private static final String PREFLIGHT_SECONDS = "7200";

    /** Bears the integration's status on the answer to a ping. */
    static final String STATUS = "Influtrace-Status";

    private final Directory directory;
    private final Bodies bodies;
    private final ReportWriter writer;
    private final Traces traces;
    private final RateLimits limits;
    private final CustomerHash customers;
    private final Clock clock;
    private final OrderMeters meters;

    private Beacons(
            Directory directory,
            Bodies bodies,
            ReportWriter writer,
            Traces traces,
            RateLimits limits,
            CustomerHash customers,
            Clock clock,
            OrderMeters meters) {
        this.directory = directory;
        this.bodies = bodies;
        this.writer = writer;
        this.traces = traces;
        this.limits = limits;
        this.customers = customers;
        this.clock = clock;
        this.meters = meters;
    }

    /** The calls of the calling event loop. */
    public static Beacons of(
            Bodies bodies,
            Directory directory,
            ReportWriter writer,
            Traces traces,
            RateLimits limits,
            byte[] customerKey,
            Clock clock,
            OrderMeters meters) {
        return new Beacons(directory, bodies, writer, traces, limits, CustomerHash.of(customerKey), clock, meters);
    }

    /** How one kind of body becomes a report. */
    private interface Reading {
        Report read(Body body, Receipt receipt) throws Invalid;
    }

    /** Takes in orders. */
    public Handler<RoutingContext> orders() {
        return route -> take(route, "order", (body, receipt) -> BeaconBody.order(body, receipt, customers));
    }

    /** Takes in surveys. */
    public Handler<RoutingContext> surveys() {
        return route -> take(route, "survey", BeaconBody::survey);
    }

    /** Takes in pings. */
    public Handler<RoutingContext> pings() {
        return route -> take(route, "ping", BeaconBody::ping);
    }

    /** Answers a browser's question whether it may. */
    public Handler<RoutingContext> preflight() {
        return route -> {
            Optional<IntegrationRecord> integration = integration(route);
            Optional<Problem> problem = integration.isEmpty()
                    ? Optional.of(Refusals.unknown())
                    : OriginCheck.judge(route.request(), integration.get());
            if (problem.isPresent()) {
                problem.get().send(route.response());
                return;
            }
            route.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "content-type")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                    .end();
        };
    }

    private void take(RoutingContext route, String kind, Reading reading) {
        HttpServerRequest request = route.request();
        Optional<IntegrationRecord> known = integration(route);
        Optional<Problem> byOrigin =
                known.isEmpty() ? Optional.of(Refusals.unknown()) : OriginCheck.judge(request, known.get());
        bodies.read(
                request,
                bytes -> judge(request, kind, known, byOrigin, bytes, reading),
                problem -> refuse(request, kind, known, problem, ""));
    }

    private void judge(
            HttpServerRequest request,
            String kind,
            Optional<IntegrationRecord> known,
            Optional<Problem> byOrigin,
            Buffer bytes,
            Reading reading) {
        if (known.isEmpty()) {
            refuse(request, kind, known, Refusals.unknown(), "");
            return;
        }
        IntegrationRecord integration = known.get();
        Optional<Problem> problem = byOrigin.or(() -> Refusals.byStatus(integration, kind.equals("ping")))
                .or(() -> byRate(request, integration))
                .or(() -> Refusals.byForm(request, bytes.length() == 0));
        if (problem.isPresent()) {
            refuse(request, kind, known, problem.get(), orderId(bytes));
            return;
        }
        Report report;
        try {
            Body body =
                    Body.parse(bytes.length() == 0 && kind.equals("ping") ? new byte[] {'{', '}'} : bytes.getBytes());
            report = reading.read(body, receipt(request, integration));
        } catch (Invalid invalid) {
            refuse(request, kind, known, invalid.problem(), orderId(bytes));
            return;
        }
        keep(request, kind, integration, report);
    }

    private void keep(HttpServerRequest request, String kind, IntegrationRecord integration, Report report) {
        boolean ping = report instanceof PingReport;
        boolean nothingToSay =
                report instanceof PingReport named && named.tokens().isEmpty();
        Future<Void> seen = ping
                ? traces.seen(integration, integration.origin().orElse(""), report.receivedAt())
                        .otherwiseEmpty()
                : Future.succeededFuture();
        Future<Void> written = nothingToSay ? seen : writer.write(report).compose(done -> seen);
        written.onSuccess(done -> {
                    meters.beacon(kind, "accepted", "");
                    accept(request.response(), ping, integration.status());
                })
                .onFailure(lost -> refuse(request, kind, Optional.empty(), Refusals.unavailable(request), ""));
    }

    private static void accept(HttpServerResponse response, boolean ping, String status) {
        if (response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (ping) {
            // A ping is welcome while pending too; a person who debugs the page reads here that orders are not.
            response.setStatusCode(204).putHeader(STATUS, status).end();
        } else {
            SafeHeaders.data(response)
                    .setStatusCode(202)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(ACCEPTED);
        }
    }

    private void refuse(
            HttpServerRequest request,
            String kind,
            Optional<IntegrationRecord> integration,
            Problem problem,
            String orderId) {
        meters.beacon(kind, "refused", problem.code());
        if (integration.isPresent() && !problem.retry()) {
            boolean kept = traces.refused(integration.get(), problem, orderId, clock.millis());
            meters.nearMiss(kept ? "kept" : "throttled");
        }
        problem.send(request.response());
    }

    private Receipt receipt(HttpServerRequest request, IntegrationRecord integration) {
        boolean objected = "1".equals(request.getHeader("Sec-GPC"));
        @Nullable
        String cookies =
                objected || !integration.consent().equals("full") ? null : request.getHeader(HttpHeaders.COOKIE);
        List<String> tokens =
                BrowserMemory.read(cookies).map(BrowserMemory::tokens).orElse(List.of());
        return new Receipt(integration, clock.millis(), objected, tokens);
    }

    private Optional<IntegrationRecord> integration(RoutingContext route) {
        return Optional.ofNullable(route.pathParam("id"))
                .flatMap(directory::integration)
                .filter(integration -> integration.type().equals("custom"));
    }

    private Optional<Problem> byRate(HttpServerRequest request, IntegrationRecord integration) {
        long seconds = limits.secondsToWait(integration.id());
        return seconds == 0 ? Optional.empty() : Optional.of(Refusals.rateLimited(request, seconds));
    }

    // Of a refused beacon only the id is looked at, so that the merchant finds it again.
    private static String orderId(Buffer bytes) {
        try {
            return Body.parse(bytes.getBytes()).id("orderId", OrderIdentity.MAX_ORDER_ID);
        } catch (Invalid none) {
            return "";
        }
    }
}
