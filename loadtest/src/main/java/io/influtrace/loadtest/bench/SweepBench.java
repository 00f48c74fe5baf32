package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.redis.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Protocol;

/** What it costs that time passes: so many clicks run out while ten and a hundred times as many are still pending. */
final class SweepBench implements Bench {

    private static final double BUDGET = 1;
    private static final double FLAT = 1.5;
    private static final int PARTITIONS = 16;
    private static final int WINDOW = 30;
    private static final int DUE = 960_000;
    private static final long IDLE = Duration.ofSeconds(10).toNanos();
    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();
    private static final long LONG_AGO = Duration.ofDays(60).toMillis();

    private static final byte[] FIELD = utf8("f");

    private long nextBucket;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("everysec");
        Server worker = bed.worker("worker", redis.url(), Map.of());
        WorkerBench.sown(worker);
        sweep(redis, worker);
        List<Row> rows = new ArrayList<>();
        int most = 10 * pace.clicks();
        int pending = 0;
        double first = 0;
        double last = 0;
        for (int wanted = most / 100; wanted <= most; wanted *= 10) {
            fill(redis, wanted - pending, System.currentTimeMillis());
            pending = wanted;
            Cost cost = sweep(redis, worker);
            rows.add(Row.seen(pending + " pending: worker, CPU µs a swept click", "%.2f", cost.worker));
            rows.add(Row.atMost(pending + " pending: Redis, CPU µs a swept click", cost.redis, "%.2f", BUDGET));
            first = first == 0 ? cost.redis : first;
            last = cost.redis;
        }
        rows.add(Row.atMost("Redis, a hundred times as many pending in the fewest, ratio", last / first, "%.2f", FLAT));
        figures.note("redis.sweep.cpu.micros", last);
        figures.note("redis.pending.click.bytes", (double) redis.usedBytes() / pending);
        return rows;
    }

    /** What one click costs, microseconds of CPU. */
    private record Cost(double redis, double worker) {}

    private Cost sweep(RedisServer redis, Server worker) {
        double redisIdle = redis.cpuSeconds();
        double workerIdle = worker.cpuSeconds();
        LockSupport.parkNanos(IDLE);
        redisIdle = (redis.cpuSeconds() - redisIdle) / IDLE;
        workerIdle = (worker.cpuSeconds() - workerIdle) / IDLE;
        worker.signal("STOP");
        fill(redis, DUE, System.currentTimeMillis() - LONG_AGO);
        double redisBefore = redis.cpuSeconds();
        double workerBefore = worker.cpuSeconds();
        worker.signal("CONT");
        long begin = System.nanoTime();
        while (due(redis) > 0) {
            if (System.nanoTime() - begin > PATIENCE) {
                throw new BenchFailure("The sweep left " + due(redis) + " buckets that are due.");
            }
            LockSupport.parkNanos(20_000_000);
        }
        long took = System.nanoTime() - begin;
        return new Cost(
                (redis.cpuSeconds() - redisBefore - redisIdle * took) * 1e6 / DUE,
                (worker.cpuSeconds() - workerBefore - workerIdle * took) * 1e6 / DUE);
    }

    private static long due(RedisServer redis) {
        long due = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            due += redis.client().zcount(Keys.due(partition, WINDOW), 0, System.currentTimeMillis() - LONG_AGO / 2.0);
        }
        return due;
    }

    /** Whole buckets, as an edge writes them. */
    private void fill(RedisServer redis, int clicks, long at) {
        AbstractPipeline pipeline = redis.client().pipelined();
        try {
            for (int bucket = 0; bucket < clicks / ClickId.BUCKET_SIZE; bucket++) {
                write(pipeline, nextBucket++, at);
                if (bucket % 500 == 0) {
                    pipeline.sync();
                }
            }
            pipeline.sync();
        } finally {
            pipeline.close();
        }
    }

    private void write(AbstractPipeline pipeline, long number, long at) {
        int partition = (int) (number % PARTITIONS);
        List<byte[]> words = new ArrayList<>(List.of(utf8(Keys.bucket(partition, WINDOW, 1, number)), FIELD));
        words.add(utf8("1:" + at));
        for (int slot = 0; slot < ClickId.BUCKET_SIZE; slot++) {
            ClickId id = new ClickId(partition, WINDOW, 1, number * ClickId.BUCKET_SIZE + slot);
            words.add(utf8(Integer.toString(slot)));
            words.add(new ClickRow(new Click(id, ClickClass.HUMAN, at, 1, 2 + slot), number * 31 + slot).encode());
        }
        pipeline.sendCommand(Protocol.Command.HSET, words.toArray(byte[][]::new));
        pipeline.zadd(Keys.due(partition, WINDOW), (double) at, Keys.bucketName(WINDOW, 1, number));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
