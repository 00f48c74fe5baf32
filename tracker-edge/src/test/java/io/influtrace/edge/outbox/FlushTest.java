package io.influtrace.edge.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.edge.redis.Traffic;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.RedisAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flushes against a real Redis: written once however often they come, and few for many clicks. */
final class FlushTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final long AT = 1_770_000_000_000L;
    private static Vertx vertx = Vertx.vertx();
    private static RedisNodes nodes;

    @BeforeAll
    static void connect() throws Exception {
        nodes = onLoop(() -> Future.succeededFuture(
                RedisNodes.open(vertx, RedisAddress.local(REDIS.port()), Duration.ofSeconds(2), new Silent())));
        Await.until("connected", () -> nodes.isUp(Keys.META));
    }

    @BeforeEach
    void forget() {
        REDIS.clear();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static <T> T onLoop(Supplier<Future<T>> work) throws Exception {
        Promise<T> promise = Promise.promise();
        LOOP.runOnContext(now -> work.get().onComplete(promise));
        return promise.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static final io.vertx.core.Context LOOP = vertx.getOrCreateContext();

    private static FlushCall call(Buckets buckets, long number, int clicks) {
        Batch batch = new Batch(buckets.partition(), AT, number, buckets.anchor());
        for (int i = 0; i < clicks; i++) {
            Bucket bucket = buckets.of(30, AT);
            batch.addRow(bucket, new Click(bucket.next(), ClickClass.HUMAN, AT + i, 11, 7), i);
        }
        return batch.call();
    }

    private static long apply(FlushCall call) throws Exception {
        FlushScript script = FlushScript.load();
        return Long.parseLong(onLoop(() -> script.apply(nodes, call)).toString());
    }

    @Test
    void flushThatComesTwiceCountsOnce() throws Exception {
        REDIS.call("SCRIPT", "FLUSH");
        Buckets buckets = new Buckets(1, new Random(7));
        FlushCall first = call(buckets, 1, 10);
        FlushCall second = call(buckets, 2, 5);
        assertThat(apply(first)).isEqualTo(1);
        assertThat(apply(first)).isZero();
        assertThat(apply(second)).isEqualTo(1);
        assertThat(apply(FlushCall.decode(first.encode()))).isZero();
        assertThat(REDIS.number("HGET", Keys.clickCounts(0, AT), "11.7.0")).isEqualTo(15);
        assertThat(REDIS.number("ZCARD", Keys.due(0, 30))).isEqualTo(1);
    }

    @Test
    void flushWithoutRowsCountsOnceTooAndItsGuardGoesByItself() throws Exception {
        Buckets buckets = new Buckets(1, new Random(7));
        Batch batch = new Batch(0, AT, 1, buckets.anchor());
        batch.count(new Click(buckets.counted(30), ClickClass.BOT, AT, 11, 7));
        FlushCall call = batch.call();
        assertThat(apply(call)).isEqualTo(1);
        assertThat(apply(call)).isZero();
        assertThat(REDIS.number("HGET", Keys.clickCounts(0, AT), "11.7.2")).isEqualTo(1);
        assertThat(REDIS.number("TTL", call.routingKey())).isPositive();
        assertThat(REDIS.number("EXISTS", Keys.due(0, 30))).isZero();
    }

    @Test
    void fullBucketKeepsItsCompactEncodingAndItsIndexNamesTheFirstRow() throws Exception {
        Buckets buckets = new Buckets(1, new Random(7));
        FlushCall call = call(buckets, 1, 130);
        assertThat(apply(call)).isEqualTo(1);
        assertThat(REDIS.number("ZCARD", Keys.due(0, 30))).isEqualTo(3);
        String key = call.routingKey();
        assertThat(REDIS.number("HLEN", key)).isEqualTo(65);
        assertThat(REDIS.text("OBJECT", "ENCODING", key)).isIn("listpack", "ziplist");
        assertThat(REDIS.number("ZCOUNT", Keys.due(0, 30), AT, AT)).isEqualTo(1);
    }

    @Test
    void noRowIsLaterThanItsBucketSaysWhateverTheClockDoes() throws Exception {
        Buckets buckets = new Buckets(1, new Random(7));
        FlushCall before = call(buckets, 1, 10);
        assertThat(apply(before)).isEqualTo(1);
        Batch setBack = new Batch(0, AT - 5_000, 2, buckets.anchor());
        Bucket bucket = buckets.of(30, AT - 5_000);
        setBack.addRow(bucket, new Click(bucket.next(), ClickClass.HUMAN, AT - 5_000, 11, 7), 1);
        assertThat(apply(setBack.call())).isEqualTo(1);
        assertThat(REDIS.number("HLEN", before.routingKey())).isEqualTo(12);
        assertThat(REDIS.text("HGET", before.routingKey(), "f")).isEqualTo("2:" + (AT + 9));
    }

    @Test
    void unknownHandlesAreBounded() throws Exception {
        for (int round = 0; round < 3; round++) {
            Batch batch = new Batch(0, AT, round + 1, new Buckets(1, new Random(round)).anchor());
            for (int i = 0; i < 600; i++) {
                batch.unknownHandle("scan-" + round + "-" + i);
            }
            apply(batch.call());
        }
        assertThat(REDIS.number("HLEN", Keys.unknownHandles(0))).isEqualTo(Batch.MAX_UNKNOWN_HANDLES);
    }

    @Test
    void underLoadAnEdgeSendsAtMostOneCommandForTenClicks() throws Exception {
        Silent meters = new Silent();
        Journal journal = Journal.open(Files.createTempDirectory("journal"), 1 << 20, meters);
        long before = calls();
        List<Click> clicks = new ArrayList<>();
        onLoop(() -> {
            ClickWriter writer = ClickWriter.of(vertx, nodes, journal, meters, 16, new Random(7));
            for (int i = 0; i < 20_000; i++) {
                clicks.add(writer.offer(ClickClass.HUMAN, AT + i, 30, i % 50, 2 + i % 9, i));
            }
            return writer.drain();
        });
        assertThat(calls() - before).isBetween(1L, (long) clicks.size() / 10);
        assertThat(clicks.stream().map(Click::id).distinct()).hasSize(clicks.size());
        long sum = 0;
        for (int partition = 0; partition < 16; partition++) {
            sum += requireNonNull(REDIS.call("HVALS", Keys.clickCounts(partition, AT))).stream()
                    .mapToLong(value -> Long.parseLong(value.toString()))
                    .sum();
        }
        assertThat(sum).isEqualTo(clicks.size());
        journal.close();
    }

    @Test
    void visitorsGatherUnderLoadAndAllAreToldOfTheirOwnDay() throws Exception {
        Silent meters = new Silent();
        Journal journal = Journal.open(Files.createTempDirectory("journal"), 1 << 20, meters);
        long midnight = AT / 86_400_000 * 86_400_000 + 86_400_000;
        int clicks = 4 * VisitorSets.ENOUGH;
        long sent = callsOf("pfadd");
        onLoop(() -> {
            ClickWriter writer = ClickWriter.of(vertx, nodes, journal, meters, 4, new Random(7));
            for (int i = 0; i < clicks; i++) {
                writer.offer(ClickClass.HUMAN, midnight - clicks / 2 + i, 30, 1, 2, i);
            }
            return writer.drain();
        });
        assertThat(callsOf("pfadd") - sent).isBetween(4L, (long) clicks / ClickWriter.MAX_BATCH);
        assertThat(visitors(midnight - 1, 4)).isCloseTo(clicks / 2, withinPercentage(3));
        assertThat(visitors(midnight, 4)).isCloseTo(clicks - clicks / 2, withinPercentage(3));
        journal.close();
    }

    @Test
    void visitorsWhomNoFurtherClickFollowsAreToldByThemselves() throws Exception {
        Silent meters = new Silent();
        Journal journal = Journal.open(Files.createTempDirectory("journal"), 1 << 20, meters);
        // So that the click's own timer finds the flush in flight.
        REDIS.call("CLIENT", "PAUSE", "200", "ALL");
        ClickWriter writer = onLoop(() -> {
            ClickWriter fresh = ClickWriter.of(vertx, nodes, journal, meters, 1, new Random(7));
            for (int i = 0; i < ClickWriter.FLUSH_AT; i++) {
                fresh.offer(ClickClass.HUMAN, AT + i, 30, 1, 2, i);
            }
            return Future.succeededFuture(fresh);
        });
        Await.until("told", () -> visitors(AT, 1) > 0);
        assertThat(visitors(AT, 1)).isCloseTo(ClickWriter.FLUSH_AT, withinPercentage(3));
        onLoop(writer::drain);
        journal.close();
    }

    @Test
    void fewVisitorsDoNotWaitForMoreWhileBotsFillTheBatches() {
        VisitorSets visitors = new VisitorSets(AT);
        for (int clicks = 0; clicks < VisitorSets.ENOUGH; clicks += ClickWriter.FLUSH_AT) {
            assertThat(visitors.isEnough()).isFalse();
            visitors.meet(ClickWriter.FLUSH_AT);
        }
        assertThat(visitors.isEnough()).isTrue();
    }

    // Visitors of a clock that was set back since would else have kept the bucket from the sweep.
    @Test
    void visitorsSayNothingOfTheTimeOfABucketsRows() throws Exception {
        Buckets buckets = new Buckets(1, new Random(7));
        Batch batch = new Batch(0, AT, 1, buckets.anchor());
        Bucket bucket = buckets.of(30, AT);
        batch.addRow(bucket, new Click(bucket.next(), ClickClass.HUMAN, AT, 11, 7), 1);
        VisitorSets later = new VisitorSets(AT + 3_600_000);
        later.add(new Click(bucket.next(), ClickClass.HUMAN, AT + 3_600_000, 11, 7), 2);
        batch.take(later);
        FlushCall call = batch.call();
        assertThat(apply(call)).isEqualTo(1);
        assertThat(REDIS.text("HGET", call.routingKey(), "f")).isEqualTo("1:" + AT);
    }

    // A drain once sent a second flush beside the one in flight, and was done when the first of the two was.
    @Test
    void drainWaitsForTheFlushInFlightAndSendsNoneBesideIt() throws Exception {
        Flushes flushes = new Flushes();
        Journal journal = Journal.open(Files.createTempDirectory("journal"), 1 << 20, flushes);
        int clicks = 5 * ClickWriter.MAX_BATCH;
        int recorded = onLoop(() -> {
            ClickWriter writer = ClickWriter.of(vertx, nodes, journal, flushes, 16, new Random(7));
            for (int i = 0; i < clicks; i++) {
                writer.offer(ClickClass.HUMAN, AT + i, 30, 1, 2, i);
            }
            return writer.drain().map(done -> flushes.recorded);
        });
        assertThat(recorded).isEqualTo(clicks);
        assertThat(flushes.most).isEqualTo(1);
        journal.close();
    }

    private static long visitors(long at, int partitions) {
        return IntStream.range(0, partitions)
                .mapToLong(partition -> REDIS.number("PFCOUNT", Keys.visitors(partition, at, 2)))
                .sum();
    }

    // What the edge itself sent: a script's own commands are no calls of EVALSHA.
    private static long calls() {
        return callsOf("evalsha");
    }

    private static long callsOf(String command) {
        return REDIS.text("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    /** Counts flushes in flight, and the clicks of those that were applied. */
    private static final class Flushes extends Silent {
        private int inFlight;
        private int most;
        private int recorded;

        @Override
        public void flushing(int clicks) {
            most = Math.max(most, ++inFlight);
        }

        @Override
        public void recorded(int clicks) {
            inFlight--;
            recorded += clicks;
        }
    }

    private static class Silent implements Traffic, OutboxMeters {
        @Override
        public void answered(long time, TimeUnit unit) {}

        @Override
        public void failed(String reason) {}

        @Override
        public void flushing(int clicks) {}

        @Override
        public void flushFailed() {}

        @Override
        public void recorded(int clicks) {}

        @Override
        public void journaled(int clicks) {}

        @Override
        public void dropped(String reason, int clicks) {}

        @Override
        public void replayed(int clicks) {}

        @Override
        public void lost(String reason, int clicks) {}
    }
}
