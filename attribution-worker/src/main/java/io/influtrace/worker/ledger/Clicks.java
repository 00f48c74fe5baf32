package io.influtrace.worker.ledger;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The port to the indexes of clicks that are due and of those that are kept. Thread-safe. */
public final class Clicks {

    private static final Script SWEEP = Script.of(Clicks.class, "sweep.lua");
    private static final Script SWEPT = Script.of(Clicks.class, "swept.lua");

    private final RedisConnection<String> redis;

    public Clicks(RedisConnection<String> redis) {
        this.redis = redis;
    }

    /** Says up to which clock a partition is being swept, before any of its buckets is. */
    public CompletionStage<Void> sweeping(int partition, long clock) {
        String[] arguments = {Long.toString(clock)};
        CompletionStage<String> reply =
                SWEPT.run(redis, ScriptOutputType.VALUE, List.of(LedgerKeys.swept(partition)), arguments);
        return reply.thenAccept(done -> {});
    }

    /** Buckets whose first open click was made before an instant, oldest first. */
    public CompletionStage<List<String>> due(int partition, int windowDays, long before, int limit) {
        Range<Long> range = Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(before));
        return redis.async().zrangebyscore(Keys.due(partition, windowDays), range, Limit.create(0, limit));
    }

    /**
     * Sweeps one bucket.
     *
     * @return how many events it expired that nothing is noted of
     */
    public CompletionStage<Long> sweep(int partition, int windowDays, String bucket, long span, long clock) {
        String[] arguments = {bucket, Long.toString(span), Long.toString(clock)};
        List<String> keys = List.of(
                Keys.due(partition, windowDays),
                Keys.kept(partition, windowDays),
                Keys.tag(partition) + "c:" + bucket,
                Keys.tag(partition) + "s:" + bucket,
                LedgerKeys.tally(partition));
        return SWEEP.run(redis, ScriptOutputType.INTEGER, keys, arguments);
    }

    /** Swept buckets whose first click was made before an instant. */
    public CompletionStage<List<String>> kept(int partition, int windowDays, long before, int limit) {
        Range<Long> range = Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(before));
        return redis.async().zrangebyscore(Keys.kept(partition, windowDays), range, Limit.create(0, limit));
    }

    /** Forgets a swept bucket, its rows and its statuses. */
    public CompletionStage<Long> forget(int partition, int windowDays, String bucket) {
        return redis.async()
                .unlink(Keys.tag(partition) + "c:" + bucket, Keys.tag(partition) + "s:" + bucket)
                .thenCompose(done -> redis.async().zrem(Keys.kept(partition, windowDays), bucket));
    }
}
