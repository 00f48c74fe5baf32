package io.influtrace.worker.admin;

import io.influtrace.protocol.http.BoundedPort;
import io.influtrace.protocol.http.Connections;
import io.influtrace.protocol.http.HttpMeters;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.redis.Deployment;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.ledger.Erasure;
import io.influtrace.worker.ledger.Payouts;
import io.influtrace.worker.proof.Replays;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.report.Reports;
import io.influtrace.worker.report.Visitors;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The back office's HTTP server on its port. */
public final class AdminServer {

    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /**
     * What the server is made of.
     *
     * @param port 0 for any free one
     * @param publicUrl where the world reaches the edge, without a slash at the end
     * @param limits of the connections, whose time for a head is also that for a body
     * @param adminToken the first admin token; empty: one is made, once, in the data folder
     */
    public record Parts(
            CatalogStore store,
            RedisConnection<String> redis,
            Deployment deployment,
            int port,
            String publicUrl,
            Optional<String> adminToken,
            Path dataDir,
            Clock clock,
            Optional<Reading> reading,
            Connections.Limits limits,
            HttpMeters meters) {}

    /** Opens it; fails where the port cannot be opened or the first token cannot be kept. */
    public static Future<AdminServer> listen(Vertx vertx, Parts parts) {
        SecureRandom random = new SecureRandom();
        Tokens tokens = new Tokens(parts.redis, parts.store, random, parts.adminToken);
        return vertx.<Void>executeBlocking(() -> {
                    if (parts.adminToken.isEmpty()) {
                        FirstToken.ensure(tokens, parts.dataDir, random);
                    }
                    return null;
                })
                .compose(ready -> Connections.guard(
                                vertx,
                                vertx.createHttpServer(
                                        BoundedPort.options(parts.limits).setCompressionSupported(true)),
                                Routes.of(
                                        vertx,
                                        new Gate(vertx, tokens),
                                        calls(vertx, parts, tokens, random),
                                        parts.limits.request()),
                                parts.limits,
                                parts.meters)
                        .listen(parts.port))
                .map(AdminServer::new);
    }

    private static Calls calls(Vertx vertx, Parts parts, Tokens tokens, SecureRandom random) {
        CatalogStore store = parts.store;
        CustomerHash customers = CustomerHash.of(parts.deployment.customerKeyBytes());
        IntegrationResource integrations = new IntegrationResource(parts.publicUrl);
        return new Calls(
                new ResourceCalls<>(store, new CreatorResource(customers)),
                new ResourceCalls<>(store, new CampaignResource()),
                new ResourceCalls<>(store, new LinkResource(parts.publicUrl)),
                new ResourceCalls<>(store, new CouponResource()),
                new ResourceCalls<>(store, integrations),
                new IntegrationCalls(store, integrations, parts.redis, parts.deployment.partitions(), random),
                new GeneratedCoupons(store, random),
                new ErasureCalls(
                        new Erasure(parts.redis, parts.deployment.partitions()),
                        store,
                        CustomerHash.of(parts.deployment.customerKeyBytes())),
                parts.reading.map(reading -> reads(parts, reading)),
                new ReplayCalls(vertx, store.catalog(), new Replays(parts.redis, parts.deployment.partitions())),
                parts.reading.map(reading ->
                        new PayoutCalls(reading, new Payouts(parts.redis, parts.deployment.partitions()), parts.clock)),
                tokens);
    }

    private static ReadCalls reads(Parts parts, Reading reading) {
        Catalog catalog = parts.store.catalog();
        Visitors visitors = new Visitors(parts.redis, parts.deployment.partitions());
        return new ReadCalls(reading, new Reports(reading, catalog, visitors), catalog, parts.clock);
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops taking calls, and ends once those in hand are answered or the time is over. */
    public Future<Void> close(long graceMillis) {
        return server.shutdown(graceMillis, TimeUnit.MILLISECONDS);
    }
}
