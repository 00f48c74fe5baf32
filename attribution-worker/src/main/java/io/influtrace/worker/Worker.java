package io.influtrace.worker;

import io.influtrace.protocol.http.OpsServer;
import io.influtrace.protocol.http.OpsServer.Readiness;
import io.influtrace.protocol.redis.Deployment;
import io.influtrace.protocol.redis.Durability;
import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.worker.admin.AdminServer;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.embedded.EmbeddedRedis;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.ledger.LedgerReading;
import io.influtrace.worker.ops.Backlog;
import io.influtrace.worker.ops.LoopLag;
import io.influtrace.worker.ops.Meters;
import io.influtrace.worker.ops.Tallies;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Refused;
import io.influtrace.worker.redis.StartChecks;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.netty.channel.unix.Errors;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole worker, wired from top to bottom in {@link #start}, stopped from bottom to top in {@link #stop}. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** Binding a port or closing Vert.x takes milliseconds; this is for a machine that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration REDIS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration REDIS_RETRY = Duration.ofMillis(500);

    /** Above it orders wait longer for their verdict than anybody expects. */
    private static final double BEHIND_SECONDS = 60;

    private final WorkerSettings settings;
    private final Stops stops = new Stops();
    private final Meters meters = Meters.start();
    private volatile boolean serving;
    private volatile boolean draining;
    private volatile int port;
    private volatile int opsPort;
    private volatile @Nullable Backlog backlog;

    private Worker(WorkerSettings settings) {
        this.settings = settings;
    }

    /** A worker that is not started yet, so that a signal during its start finds something to stop. */
    static Worker of(WorkerSettings settings) {
        return new Worker(settings);
    }

    /** Starts it; blocks. Whatever fails, {@link #stop()} ends what had started. */
    void start() throws Refused, IOException, InterruptedException {
        stops.add("meters", "every other step may still count", meters);

        RedisAddress address = redisAddress();

        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        stops.add("vert.x", "its loops carry the answers of all steps before", () -> await(vertx.close(), PATIENCE));
        LoopLag.measure(vertx, meters);
        HttpServer ops = listening(
                "WORKER_OPS_PORT",
                settings.opsPort(),
                OpsServer.listen(vertx, settings.opsPort(), meters::scrape, this::readiness, meters::refused));
        opsPort = ops.actualPort();

        Redis redis = Redis.of(address, meters.roundTrips());
        stops.add("redis client", "nobody asks anything any more", redis);
        RedisConnection<String> asking = connected(redis);
        StartChecks checks = StartChecks.over(asking);
        Durability durability = checks.durability(settings.allowWeakRedis());
        meters.fact("influtrace.worker.durability", "level", durability.level());
        Deployment deployment = checks.meet(settings.wanted());
        LOG.info(
                "redis=met address=\"{}\" durability={} partitions={}",
                address,
                durability.level(),
                deployment.partitions().count());

        Clock clock = Clock.offset(Clock.systemUTC(), settings.clockOffset());
        Backlog looking = Backlog.watch(vertx, asking, deployment.partitions(), clock);
        backlog = looking;
        meters.gauge("influtrace.worker.stream.undelivered", looking::undelivered);
        meters.gauge("influtrace.worker.stream.pending", looking::pending);
        meters.gauge("influtrace.worker.stream.oldest.age.seconds", looking::oldestAgeSeconds);
        meters.gauge("influtrace.worker.dead.letters", looking::deadLetters);

        Tallies.watch(vertx, asking, meters, deployment.partitions().count(), LedgerKeys::tally);

        CatalogStore catalog = CatalogStore.open(redis, clock);
        stops.add("catalog", "orders in hand were judged by it", catalog);

        RedisConnection<String> texts = redis.connect();
        RedisConnection<byte[]> rows =
                redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        Reading reading = LedgerReading.of(texts, rows, deployment.partitions(), catalog.catalog());

        // Takes reports in under a name unlike any other's, on this machine or another.
        Attributor attributor = Attributor.of(
                redis,
                catalog.catalog(),
                clock,
                deployment.partitions(),
                deployment.tokenKeys(),
                "worker-" + UUID.randomUUID(),
                settings.rules());
        meters.gauge("influtrace.worker.sweep.seconds", attributor::sweepSeconds);
        meters.gauge("influtrace.worker.sweep.lag.seconds", attributor::sweepLagSeconds);
        meters.count("influtrace.worker.groups.made.again", attributor, Attributor::groupsMade);
        stops.add("intake and sweep", "what is in hand is settled before its connections go", attributor);
        attributor.start();

        AdminServer admin = listening(
                "WORKER_PORT",
                settings.port(),
                AdminServer.listen(
                        vertx,
                        new AdminServer.Parts(
                                catalog,
                                asking,
                                deployment,
                                settings.port(),
                                settings.publicUrl(),
                                settings.adminToken(),
                                settings.dataDir(),
                                clock,
                                Optional.of(reading),
                                settings.limits(),
                                meters)));
        stops.add(
                "public port",
                "people's calls end while all that answers them is there",
                () -> await(
                        admin.close(settings.grace().toMillis()),
                        settings.grace().plus(PATIENCE)));
        port = admin.port();

        serving = true;
        stops.add(
                "lead",
                "whoever has not heard yet that this worker is not ready is still answered",
                () -> TimeUnit.MILLISECONDS.sleep(settings.lead().toMillis()));
        stops.add("readiness", "first of all, so that nobody sends more while the rest ends", () -> draining = true);
        LOG.info("worker=serving port={} ops={} now={}", port, opsPort, clock.instant());
    }

    /** Stops what runs, in the reverse order of its start. */
    void stop() {
        stops.run();
    }

    /** The private port. */
    int opsPort() {
        return opsPort;
    }

    private RedisAddress redisAddress() throws Refused, IOException, InterruptedException {
        if (settings.redis().isPresent()) {
            return settings.redis().get();
        }
        Files.createDirectories(settings.dataDir());
        EmbeddedRedis embedded = EmbeddedRedis.start(
                settings.dataDir().resolve("redis"),
                settings.redisPort(),
                System.getenv().getOrDefault("PATH", ""));
        stops.add("embedded redis", "last, since every step before may still write", embedded::stop);
        meters.count("influtrace.worker.embedded.redis.restarts", embedded, EmbeddedRedis::restarts);
        return embedded.address();
    }

    // Where everything starts at once, Redis may be a moment behind.
    private static RedisConnection<String> connected(Redis redis) throws InterruptedException {
        long end = System.nanoTime() + REDIS_PATIENCE.toNanos();
        while (true) {
            try {
                return redis.connect();
            } catch (RedisException away) {
                if (System.nanoTime() > end) {
                    throw away;
                }
                LOG.info("redis=awaited address=\"{}\"", redis.address());
                TimeUnit.MILLISECONDS.sleep(REDIS_RETRY.toMillis());
            }
        }
    }

    private static <T> T listening(String variable, int port, Future<T> binding)
            throws Refused, IOException, InterruptedException {
        try {
            return binding.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            throw new IllegalStateException(variable + " " + port + " was not opened in " + PATIENCE, hangs);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            // The native transport has a failure of its own for a port in use.
            if (cause instanceof BindException || cause instanceof Errors.NativeIoException) {
                throw new Refused(variable + " " + port + " cannot be opened (" + cause.getMessage()
                        + "): stop what holds it, or choose another port with " + variable + "=PORT.");
            }
            if (cause instanceof IOException unwritable) {
                throw unwritable;
            }
            if (cause instanceof RedisAway away) {
                throw away;
            }
            throw new IllegalStateException(cause);
        }
    }

    private static void await(Future<?> future, Duration patience) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Readiness readiness() {
        List<String> degraded = new ArrayList<>();
        Backlog looking = backlog;
        if (looking != null && !looking.fresh()) {
            degraded.add("redis");
        }
        if (looking != null && looking.oldestAgeSeconds() > BEHIND_SECONDS) {
            degraded.add("backlog");
        }
        String state = draining ? "draining" : !serving ? "starting" : degraded.isEmpty() ? "ready" : "degraded";
        return new Readiness(serving && !draining, state, degraded);
    }
}
