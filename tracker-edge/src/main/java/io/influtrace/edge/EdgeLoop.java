package io.influtrace.edge;

import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.http.Bodies;
import io.influtrace.edge.http.Certificate;
import io.influtrace.edge.http.PublicPort;
import io.influtrace.edge.http.Routes;
import io.influtrace.edge.http.Senders;
import io.influtrace.edge.ops.LoopLag;
import io.influtrace.edge.ops.Meters;
import io.influtrace.edge.order.Beacons;
import io.influtrace.edge.order.HighWater;
import io.influtrace.edge.order.RateLimits;
import io.influtrace.edge.order.ReportWriter;
import io.influtrace.edge.order.ServerCalls;
import io.influtrace.edge.order.Traces;
import io.influtrace.edge.outbox.ClickWriter;
import io.influtrace.edge.outbox.Journal;
import io.influtrace.edge.pixel.PinnedPixels;
import io.influtrace.edge.pixel.PixelFile;
import io.influtrace.edge.pixel.PixelHandler;
import io.influtrace.edge.redirect.ClickClasses;
import io.influtrace.edge.redirect.RedirectHandler;
import io.influtrace.edge.redirect.VisitorHash;
import io.influtrace.edge.redis.Acknowledgement;
import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.edge.webhook.Webhooks;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.http.Connections;
import io.influtrace.protocol.redis.Deployment;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One event loop: its own connections, its own batch, its own share of the public port. Shares nothing that locks. */
final class EdgeLoop extends VerticleBase {

    /** The longest that a loop looks for Redis before it serves without: redirects need none. */
    private static final long LONGEST_MEETING_MS = 250;

    private final Shared shared;
    private @Nullable HttpServer server;
    private @Nullable ClickWriter clicks;
    private @Nullable RedisNodes nodes;

    EdgeLoop(Shared shared) {
        this.shared = shared;
    }

    /** What all loops of the process share: immutable, or safe for any thread. */
    record Shared(
            EdgeSettings settings,
            Deployment deployment,
            Directory directory,
            Journal journal,
            Meters meters,
            ClickClasses classes,
            PixelFile pixel,
            PixelFile pixelDebug,
            PinnedPixels pinnedPixels,
            VisitorHash visitorHash,
            RateLimits rateLimits,
            HighWater highWater,
            Supplier<Acknowledgement> acknowledgement,
            BooleanSupplier draining,
            Optional<Certificate> certificate,
            Clock clock) {}

    @Override
    public Future<?> start() {
        EdgeSettings settings = shared.settings;
        RedisNodes redis = RedisNodes.open(vertx, settings.redis(), settings.redisDeadline(), shared.meters);
        ClickWriter writer = ClickWriter.of(
                vertx,
                redis,
                shared.journal,
                shared.meters,
                shared.deployment.partitions().count(),
                new SecureRandom());
        ClickTokens tokens = ClickTokens.of(shared.deployment.tokenKeys());
        Senders senders = Senders.of(settings.trustedProxies(), settings.publicScheme());
        RedirectHandler redirect = RedirectHandler.of(
                shared.directory,
                shared.classes,
                tokens,
                writer,
                senders,
                shared.visitorHash,
                shared.clock,
                shared.meters);
        ReportWriter reports = ReportWriter.of(
                vertx, redis, shared.deployment.partitions(), shared.acknowledgement, shared.highWater, shared.meters);
        Traces traces = new Traces(redis, shared.deployment.partitions());
        byte[] customerKey = shared.deployment.customerKeyBytes();
        Bodies bodies = Bodies.of(vertx, settings.requestTimeout());
        Bodies serverBodies = Bodies.of(vertx, settings.requestTimeout());
        Beacons beacons = Beacons.of(
                bodies, shared.directory, reports, traces, shared.rateLimits, customerKey, shared.clock, shared.meters);
        ServerCalls calls = ServerCalls.of(
                serverBodies, shared.directory, reports, shared.rateLimits, customerKey, shared.clock, shared.meters);
        Webhooks webhooks = Webhooks.of(
                Bodies.ofSigned(vertx, settings.requestTimeout()),
                shared.directory,
                reports,
                traces,
                shared.rateLimits,
                customerKey,
                shared.clock,
                shared.meters);
        Routes.Answers answers = new Routes.Answers(
                redirect,
                PixelHandler.moving(shared.pixel),
                PixelHandler.pinned(shared.pinnedPixels),
                PixelHandler.moving(shared.pixelDebug),
                settings.pixelPath(),
                beacons.orders(),
                beacons.pings(),
                beacons.surveys(),
                beacons.preflight(),
                calls.conversions(),
                calls.refunds(),
                webhooks.shopify(),
                webhooks.wooCommerce(),
                webhooks.stripe());
        LoopLag.measure(vertx, shared.meters);
        nodes = redis;
        clicks = writer;
        Connections.Limits limits = limits(settings);
        HttpServerOptions options = PublicPort.options(limits, settings.requestTimeout(), shared.certificate);
        Handler<HttpServerRequest> routes = Routes.of(vertx, answers);
        HttpServer http = Connections.guard(
                vertx,
                vertx.createHttpServer(options),
                request -> {
                    if (shared.draining.getAsBoolean() && request.version() == HttpVersion.HTTP_1_1) {
                        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    }
                    routes.handle(request);
                },
                limits,
                shared.meters);
        server = http;
        return met(redis).compose(met -> Ports.naming("EDGE_PORT", settings.port(), http.listen(settings.port())));
    }

    // Else the first order that comes would be asked to come again, though Redis is there.
    private Future<Void> met(RedisNodes redis) {
        Promise<Void> met = Promise.promise();
        redis.onUp(met::tryComplete);
        vertx.setTimer(LONGEST_MEETING_MS, late -> met.tryComplete());
        return met.future();
    }

    // From head to head, so with all that an answer between them may take.
    private static Connections.Limits limits(EdgeSettings settings) {
        return new Connections.Limits(
                Math.max(1, settings.maxConnections() / settings.eventLoops()),
                settings.requestTimeout(),
                settings.keepAlive().plus(settings.requestTimeout()).plus(settings.redisDeadline()));
    }

    /** Takes a renewed certificate for all connections to come. */
    Future<Boolean> renew(Certificate certificate) {
        HttpServer http = server;
        HttpServerOptions options =
                PublicPort.options(limits(shared.settings), shared.settings.requestTimeout(), Optional.of(certificate));
        return http == null ? Future.succeededFuture(false) : http.updateSSLOptions(options.getSslOptions(), true);
    }

    /** The port that this loop listens on. */
    int port() {
        HttpServer http = server;
        return http == null ? 0 : http.actualPort();
    }

    /** Requests in flight end, then the clicks go out, then the connections close: each needs the one behind it. */
    @Override
    public Future<?> stop() {
        HttpServer http = server;
        ClickWriter writer = clicks;
        RedisNodes redis = nodes;
        Future<Void> quiet = http == null
                ? Future.succeededFuture()
                : http.shutdown(shared.settings.grace().toMillis(), TimeUnit.MILLISECONDS);
        return quiet.otherwiseEmpty()
                .compose(done -> writer == null ? Future.succeededFuture() : writer.drain())
                .compose(done -> redis == null ? Future.succeededFuture() : redis.close());
    }
}
