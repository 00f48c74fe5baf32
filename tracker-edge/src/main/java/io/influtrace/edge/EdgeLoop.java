package io.influtrace.edge;

import io.influtrace.edge.directory.Directory;
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
import io.influtrace.protocol.redis.Deployment;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One event loop: its own connections, its own batch, its own share of the public port. Shares nothing that locks. */
final class EdgeLoop extends VerticleBase {

    private static final int IDLE_SECONDS = 60;
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;

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
        Beacons beacons = Beacons.of(
                vertx, shared.directory, reports, traces, shared.rateLimits, customerKey, shared.clock, shared.meters);
        ServerCalls calls = ServerCalls.of(
                vertx, shared.directory, reports, shared.rateLimits, customerKey, shared.clock, shared.meters);
        Webhooks webhooks = Webhooks.of(
                vertx, shared.directory, reports, traces, shared.rateLimits, customerKey, shared.clock, shared.meters);
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
        Handler<HttpServerRequest> routes = Routes.of(vertx, answers);
        HttpServer http = vertx.createHttpServer(serverOptions()).requestHandler(request -> {
            if (shared.draining.getAsBoolean() && request.version() == HttpVersion.HTTP_1_1) {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            routes.handle(request);
        });
        server = http;
        return http.listen(settings.port());
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

    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setHttp2ClearTextEnabled(false)
                // There is no WebSocket here, so no request passes their compression's handler.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
    }
}
