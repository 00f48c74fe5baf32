package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Invalid;
import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.http.Bodies;
import io.influtrace.edge.order.OrderMeters;
import io.influtrace.edge.order.RateLimits;
import io.influtrace.edge.order.Refusals;
import io.influtrace.edge.order.ReportWriter;
import io.influtrace.edge.order.Traces;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.order.CustomerHash;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/**
 * The platforms' deliveries, in one order of judgement: integration, rate, signature, body, and only then Redis. A 2xx means
 * that all it says lies in the streams, or that there is nothing in it for us. Confined to its event loop.
 */
public final class Webhooks {

    private static final Buffer ACCEPTED = Buffer.buffer("{\"status\":\"accepted\"}");

    private final Directory directory;
    private final Bodies bodies;
    private final ReportWriter writer;
    private final Traces traces;
    private final RateLimits limits;
    private final CustomerHash customers;
    private final Clock clock;
    private final OrderMeters meters;

    private Webhooks(
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

    /** The deliveries of the calling event loop. */
    public static Webhooks of(
            Bodies bodies,
            Directory directory,
            ReportWriter writer,
            Traces traces,
            RateLimits limits,
            byte[] customerKey,
            Clock clock,
            OrderMeters meters) {
        return new Webhooks(directory, bodies, writer, traces, limits, CustomerHash.of(customerKey), clock, meters);
    }

    /** Takes in what Shopify tells. */
    public Handler<RoutingContext> shopify() {
        return take(new Shopify(customers));
    }

    /** Takes in what WooCommerce tells. */
    public Handler<RoutingContext> wooCommerce() {
        return take(new WooCommerce(customers));
    }

    /** Takes in what Stripe tells. */
    public Handler<RoutingContext> stripe() {
        return take(new Stripe(customers));
    }

    private Handler<RoutingContext> take(Platform platform) {
        return route -> {
            Optional<IntegrationRecord> known = Optional.ofNullable(route.pathParam("id"))
                    .flatMap(directory::integration)
                    .filter(integration -> integration.type().equals(platform.type()));
            bodies.read(
                    route.request(),
                    bytes -> judge(route.request(), platform, known, bytes.getBytes()),
                    problem -> refuse(route.request(), platform, known, problem));
        };
    }

    private void judge(HttpServerRequest request, Platform platform, Optional<IntegrationRecord> known, byte[] body) {
        if (known.isEmpty()) {
            refuse(request, platform, known, Refusals.unknown());
            return;
        }
        IntegrationRecord integration = known.get();
        long wait = limits.secondsToWait(integration.id());
        if (wait > 0) {
            refuse(request, platform, known, Refusals.rateLimited(request, wait));
            return;
        }
        if (platform.greets(request.headers(), body)) {
            ignore(request, platform, "greeting");
            return;
        }
        Optional<Problem> refusal = platform.refusal(request.headers(), body, integration.secrets(), clock.millis());
        if (refusal.isPresent()) {
            refuse(request, platform, known, refusal.get());
            return;
        }
        try {
            Delivery delivery = platform.read(request.headers(), body, new Arrival(integration, clock.millis()));
            keep(request, platform, delivery);
        } catch (Invalid invalid) {
            refuse(request, platform, known, invalid.problem());
        }
    }

    private void keep(HttpServerRequest request, Platform platform, Delivery delivery) {
        if (!delivery.ignored().isEmpty()) {
            ignore(request, platform, delivery.ignored());
            return;
        }
        Future.all(delivery.reports().stream().map(writer::write).toList())
                .onSuccess(written -> {
                    meters.beacon(platform.type(), "accepted", "");
                    answer(request.response(), ACCEPTED);
                })
                .onFailure(lost -> refuse(request, platform, Optional.empty(), Refusals.unavailable(request)));
    }

    private void ignore(HttpServerRequest request, Platform platform, String why) {
        meters.beacon(platform.type(), "ignored", why);
        answer(
                request.response(),
                new JsonObject().put("status", "ignored").put("reason", why).toBuffer());
    }

    private static void answer(HttpServerResponse response, Buffer body) {
        if (!response.closed()) {
            response.setStatusCode(200)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(body);
        }
    }

    private void refuse(
            HttpServerRequest request, Platform platform, Optional<IntegrationRecord> integration, Problem problem) {
        meters.beacon(platform.type(), "refused", problem.code());
        if (integration.isPresent() && !problem.retry()) {
            meters.nearMiss(traces.refused(integration.get(), problem, "", clock.millis()) ? "kept" : "throttled");
        }
        problem.send(request.response());
    }
}
