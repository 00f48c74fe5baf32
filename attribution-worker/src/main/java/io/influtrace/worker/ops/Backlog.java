package io.influtrace.worker.ops;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the orders of the whole deployment are behind, looked up in Redis every {@link #EVERY}. Any worker says the
 * same; take one, never their sum. Thread-safe.
 */
public final class Backlog {

    /** A look costs Redis some microseconds a partition. */
    static final Duration EVERY = Duration.ofSeconds(2);

    /** Older than that, a look says nothing about now. */
    private static final Duration STALE = Duration.ofSeconds(8);

    /** Redis 6.2 keeps no lag of its own; above so many a partition «at least so many» is enough. */
    private static final int MOST_COUNTED = 1_000;

    private static final Script LOOK = Script.of(Backlog.class, "backlog.lua");
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final Clock clock;
    private volatile Seen seen = new Seen(0, 0, -1, 0);
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean well = true;
    private volatile boolean looked;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** One look at all partitions, or at one. */
    private record Seen(long undelivered, long pending, long oldestAt, long deadLetters) {
        Seen and(Seen other) {
            long oldest =
                    oldestAt < 0 ? other.oldestAt : other.oldestAt < 0 ? oldestAt : Math.min(oldestAt, other.oldestAt);
            return new Seen(
                    undelivered + other.undelivered, pending + other.pending, oldest, deadLetters + other.deadLetters);
        }
    }

    private Backlog(RedisConnection<String> redis, Partitions partitions, Clock clock) {
        this.redis = redis;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Begins to look, on one of Vert.x's loops, until that closes. */
    public static Backlog watch(Vertx vertx, RedisConnection<String> redis, Partitions partitions, Clock clock) {
        Backlog backlog = new Backlog(redis, partitions, clock);
        vertx.runOnContext(now -> {
            backlog.look();
            vertx.setPeriodic(EVERY.toMillis(), timer -> backlog.look());
        });
        return backlog;
    }

    /** Reports that no worker has read yet. */
    public long undelivered() {
        return seen.undelivered;
    }

    /** Reports that were read and are not settled. */
    public long pending() {
        return seen.pending;
    }

    /** Seconds since the receipt of the oldest report that is not settled; 0 where there is none. */
    public double oldestAgeSeconds() {
        return seen.oldestAt < 0 ? 0 : Math.max(0, clock.millis() - seen.oldestAt) / 1_000.0;
    }

    /** Reports that could not be settled and wait for a person. */
    public long deadLetters() {
        return seen.deadLetters;
    }

    /** Whether the numbers are there at all. */
    boolean looked() {
        return looked;
    }

    /** Whether Redis answered lately. */
    public boolean fresh() {
        return well && System.nanoTime() - lookedAt < STALE.toNanos();
    }

    private void look() {
        if (looking.getAndSet(true)) {
            return;
        }
        List<CompletableFuture<Seen>> looks = new ArrayList<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            looks.add(lookAt(partition).toCompletableFuture());
        }
        CompletionStage<Void> all = CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new));
        all.whenComplete((done, failure) -> {
            if (failure == null) {
                seen = looks.stream()
                        .map(CompletableFuture::join)
                        .reduce(Seen::and)
                        .orElse(seen);
                lookedAt = System.nanoTime();
            } else if (well) {
                LOG.warn("redis=away cause=\"{}\"", failure.getMessage());
            }
            well = failure == null;
            looked = looked || well;
            looking.set(false);
        });
    }

    private CompletionStage<Seen> lookAt(int partition) {
        CompletionStage<List<Long>> answer = LOOK.run(
                redis,
                ScriptOutputType.MULTI,
                List.of(Keys.reports(partition), Keys.deadLetters(partition)),
                new String[] {Keys.GROUP, Integer.toString(MOST_COUNTED)});
        return answer.thenApply(numbers -> new Seen(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3)));
    }
}
