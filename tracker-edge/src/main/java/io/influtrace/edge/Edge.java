package io.influtrace.edge;

import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.directory.DirectoryFeed;
import io.influtrace.edge.directory.SnapshotFile;
import io.influtrace.edge.directory.SnapshotWriter;
import io.influtrace.edge.http.Certificate;
import io.influtrace.edge.ops.Meters;
import io.influtrace.edge.order.HighWater;
import io.influtrace.edge.order.RateLimits;
import io.influtrace.edge.outbox.Journal;
import io.influtrace.edge.outbox.Replay;
import io.influtrace.edge.pixel.PinnedPixels;
import io.influtrace.edge.pixel.PixelFile;
import io.influtrace.edge.redirect.ClickClasses;
import io.influtrace.edge.redirect.VisitorHash;
import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.http.OpsServer;
import io.influtrace.protocol.http.OpsServer.Readiness;
import io.influtrace.protocol.redis.Deployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole edge, wired from top to bottom in {@link #start}, stopped from bottom to top in {@link #stop}. */
final class Edge {

    private static final List<String> LEVELS = List.of("unknown", "memory", "os", "fsync", "replica");
    private static final double STALE_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    private final EdgeSettings settings;
    private final DataFolder folder;
    private final Meters meters = Meters.start();
    private final Directory directory = new Directory();
    private final SnapshotFile snapshotFile;
    private final Optional<Map<String, String>> remembered;
    private final Journal journal;
    private final PixelFile pixel = PixelFile.pixel();
    private final ClickClasses classes = ClickClasses.load();
    private final Vertx vertx;
    private final Consumer<Refused> contradicted;
    private final List<EdgeLoop> loops = new CopyOnWriteArrayList<>();
    private final long startedAt = System.nanoTime();
    private volatile boolean draining;
    private volatile boolean serving;
    private @Nullable Boot boot;
    private volatile @Nullable DirectoryFeed feed;
    private @Nullable Replay replay;
    private @Nullable SnapshotWriter snapshots;
    private @Nullable HttpServer ops;
    private final List<RedisNodes> connections = new ArrayList<>();

    private Edge(EdgeSettings settings, Consumer<Refused> contradicted) throws IOException {
        this.settings = settings;
        this.contradicted = contradicted;
        this.folder = DataFolder.lock(settings.dataDir());
        this.snapshotFile = SnapshotFile.at(folder.path().resolve("snapshot"));
        this.remembered = snapshotFile.read(directory).map(SnapshotFile.Meta::fields);
        this.journal = Journal.open(folder.path().resolve("journal"), settings.journalBytes(), meters);
        this.vertx = Vertx.vertx(
                new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(settings.eventLoops() + 1));
    }

    /**
     * Starts an edge; the future fails with {@link Refused} or with whatever kept a port or a folder from it.
     *
     * @param contradicted told where Redis, coming late, turns out to be unfit
     */
    static Future<Edge> start(EdgeSettings settings, Consumer<Refused> contradicted) throws IOException {
        Edge edge = new Edge(settings, contradicted);
        Promise<Edge> started = Promise.promise();
        edge.vertx.runOnContext(first -> edge.run().map(edge).onComplete(started));
        return started.future().recover(failure -> edge.stop().transform(stopped -> Future.failedFuture(failure)));
    }

    /** The public port. */
    int port() {
        return loops.get(0).port();
    }

    /** The private port. */
    int opsPort() {
        HttpServer server = ops;
        return server == null ? 0 : server.actualPort();
    }

    private Future<Void> run() {
        RedisNodes reading = connect();
        RedisNodes working = connect();
        meters.gauge("influtrace.edge.directory.age", "seconds", this::age);
        meters.gauge("influtrace.edge.directory.links", "", directory::links);
        meters.gauge("influtrace.edge.journal", "bytes", journal::bytes);
        Boot starting = Boot.start(
                vertx,
                working,
                settings.wanted(),
                settings.durability(),
                settings.allowWeakRedis(),
                remembered,
                contradicted);
        boot = starting;
        PinnedPixels pixels = PinnedPixels.of(pixel, working, vertx.getOrCreateContext());
        meters.oneOf(
                "influtrace.edge.durability",
                "level",
                LEVELS,
                () -> starting.pledge().level());
        starting.confirmed().onSuccess(fields -> {
            pixels.share().onFailure(away -> LOG.warn("pixel=unshared cause=\"{}\"", away.getMessage()));
            SnapshotWriter writer = SnapshotWriter.of(vertx, snapshotFile, directory, new SnapshotFile.Meta(fields));
            snapshots = writer;
            feed = DirectoryFeed.start(vertx, directory, reading, writer::changed);
            replay = Replay.start(vertx, working, journal, meters);
        });
        return Ports.naming(
                        "EDGE_OPS_PORT",
                        settings.opsPort(),
                        OpsServer.listen(vertx, settings.opsPort(), meters::scrape, this::readiness, meters::refused))
                .onSuccess(server -> ops = server)
                .compose(server -> starting.known())
                .compose(deployment -> tables(starting).map(deployment))
                .compose(deployment -> certificate().compose(tls -> serve(deployment, starting, pixels, tls)));
    }

    private Future<Optional<Certificate>> certificate() {
        if (settings.tlsCert().isEmpty() && settings.tlsKey().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (settings.tlsCert().isEmpty() || settings.tlsKey().isEmpty()) {
            return Future.failedFuture(new Refused("TLS_CERT and TLS_KEY go together; set both or none."));
        }
        return Renewal.of(vertx, settings.tlsCert().get(), settings.tlsKey().get(), meters)
                .map(renewal -> {
                    renewal.watch(renewed -> Future.all(
                            loops.stream().map(loop -> loop.renew(renewed)).toList()));
                    return Optional.of(renewal.current());
                });
    }

    // From a snapshot the tables are there already; else nothing is known until they were read once.
    private Future<Void> tables(Boot starting) {
        DirectoryFeed reading = feed;
        return starting.confirmed().isComplete() && reading != null ? reading.firstLoad() : Future.succeededFuture();
    }

    private Future<Void> serve(
            Deployment deployment, Boot starting, PinnedPixels pinned, Optional<Certificate> certificate) {
        EdgeLoop.Shared shared = new EdgeLoop.Shared(
                settings,
                deployment,
                directory,
                journal,
                meters,
                classes,
                pixel,
                PixelFile.debug(),
                pinned,
                VisitorHash.of(new SecureRandom()),
                RateLimits.of(settings.rateLimit()),
                HighWater.empty(),
                () -> starting.pledge().by(),
                () -> draining,
                certificate,
                Clock.offset(Clock.systemUTC(), settings.clockOffset()));
        return vertx.deployVerticle(
                        () -> {
                            EdgeLoop loop = new EdgeLoop(shared);
                            loops.add(loop);
                            return loop;
                        },
                        new DeploymentOptions().setInstances(settings.eventLoops()))
                .onSuccess(id -> {
                    serving = true;
                    LOG.info(
                            "edge=serving port={} ops={} loops={} native={}",
                            port(),
                            opsPort(),
                            settings.eventLoops(),
                            vertx.isNativeTransportEnabled());
                })
                .mapEmpty();
    }

    /** Stops: load balancers look away, requests end, clicks go out, then everything closes. */
    Future<Void> stop() {
        draining = true;
        LOG.info("edge=stopping lead={} grace={}", settings.lead(), settings.grace());
        // Bound to no event loop: by the time it completes there is none left to tell it on.
        Promise<Void> stopped = Promise.promise();
        if (!serving || settings.lead().isZero()) {
            undeploy(stopped);
        } else {
            // Readiness says no from here on; whoever has not heard of it yet is still answered, with Connection:
            // close.
            vertx.setTimer(settings.lead().toMillis(), noticed -> undeploy(stopped));
        }
        return stopped.future();
    }

    private void undeploy(Promise<Void> stopped) {
        List<String> deployed = new ArrayList<>(vertx.deploymentIDs());
        List<Future<Void>> undeployed = deployed.stream().map(vertx::undeploy).toList();
        Future.join(undeployed)
                .onComplete(loopsDone -> vertx.runOnContext(now -> {
                    quiet();
                    vertx.close().onComplete(closed -> {
                        closeFiles();
                        stopped.complete();
                    });
                }));
    }

    private void quiet() {
        Optional.ofNullable(boot).ifPresent(Boot::stop);
        Optional.ofNullable(feed).ifPresent(DirectoryFeed::stop);
        Optional.ofNullable(replay).ifPresent(Replay::stop);
        connections.forEach(RedisNodes::close);
    }

    private void closeFiles() {
        try {
            journal.close();
            Optional.ofNullable(snapshots).ifPresent(SnapshotWriter::finish);
            folder.close();
            meters.close();
        } catch (IOException failed) {
            LOG.error("stop=unclean cause=\"{}\"", failed.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private RedisNodes connect() {
        RedisNodes nodes = RedisNodes.open(vertx, settings.redis(), settings.redisDeadline(), meters);
        connections.add(nodes);
        return nodes;
    }

    private double age() {
        DirectoryFeed reading = feed;
        return reading == null ? (System.nanoTime() - startedAt) / 1e9 : reading.ageSeconds();
    }

    private Readiness readiness() {
        DirectoryFeed reading = feed;
        List<String> degraded = new ArrayList<>();
        if (reading == null || !reading.everAnswered() || reading.ageSeconds() > STALE_SECONDS) {
            degraded.add("redis");
        }
        if (journal.bytes() > 0) {
            degraded.add("journal");
        }
        String state = draining ? "draining" : !serving ? "starting" : degraded.isEmpty() ? "ready" : "degraded";
        return new Readiness(serving && !draining, state, degraded);
    }
}
