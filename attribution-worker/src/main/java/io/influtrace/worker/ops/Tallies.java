package io.influtrace.worker.ops;

import io.influtrace.worker.redis.RedisConnection;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * What every report came to, by outcome and reason, as the settlement itself counts it: in the script that has the
 * effect, so the counts are the ledger's, over restarts and whoever settled. Any worker says the same. Thread-safe.
 */
public final class Tallies {

    private final RedisConnection<String> redis;
    private final Meters meters;
    private final int partitions;
    private final IntFunction<String> key;
    private final Map<String, Map<Integer, Long>> counts = new ConcurrentHashMap<>();

    private Tallies(RedisConnection<String> redis, Meters meters, int partitions, IntFunction<String> key) {
        this.redis = redis;
        this.meters = meters;
        this.partitions = partitions;
        this.key = key;
    }

    /**
     * Begins to look, on one of Vert.x's loops, until that closes.
     *
     * @param key of a partition's hash: field {@code outcome.reason}, value a count
     */
    public static Tallies watch(
            Vertx vertx, RedisConnection<String> redis, Meters meters, int partitions, IntFunction<String> key) {
        Tallies tallies = new Tallies(redis, meters, partitions, key);
        vertx.runOnContext(now -> {
            tallies.look();
            vertx.setPeriodic(Backlog.EVERY.toMillis(), timer -> tallies.look());
        });
        return tallies;
    }

    // A look that fails leaves the last counts; that Redis is away is said by the backlog.
    private void look() {
        for (int i = 0; i < partitions; i++) {
            int partition = i;
            redis.async().hgetall(key.apply(partition)).thenAccept(fields -> take(partition, fields));
        }
    }

    // A Redis that was put back to an older state knows fewer fields; what it does not know is no count any more.
    private void take(int partition, Map<String, String> fields) {
        counts.forEach((field, ofPartitions) -> {
            if (!fields.containsKey(field)) {
                ofPartitions.remove(partition);
            }
        });
        fields.forEach(
                (field, count) -> counts.computeIfAbsent(field, this::counted).put(partition, Long.parseLong(count)));
    }

    private Map<Integer, Long> counted(String field) {
        int dot = field.indexOf('.');
        Map<Integer, Long> ofPartitions = new ConcurrentHashMap<>();
        ToDoubleFunction<Map<Integer, Long>> sum =
                summed -> summed.values().stream().mapToLong(Long::longValue).sum();
        if (dot < 0) {
            meters.count("influtrace.worker.events." + field, ofPartitions, sum);
        } else {
            meters.outcome(field.substring(0, dot), field.substring(dot + 1), ofPartitions, sum);
        }
        return ofPartitions;
    }
}
