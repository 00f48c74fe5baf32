package io.influtrace.worker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.Consumer;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far behind the orders are, by their own time and not by Redis's. */
final class BacklogTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final Partitions TWO = new Partitions(2);
    private static final long NOW = 1_900_000_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis = Redis.of(SERVER.address());
    private final RedisConnection<String> connection = redis.connect();

    @BeforeEach
    void group() {
        XGroupCreateArgs make = XGroupCreateArgs.Builder.mkstream();
        for (int partition = 0; partition < TWO.count(); partition++) {
            Answers.of(connection
                    .async()
                    .xgroupCreate(XReadArgs.StreamOffset.from(Keys.reports(partition), "0"), Keys.GROUP, make));
        }
    }

    @AfterEach
    void close() {
        connection.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothingWaitsInAFreshDeployment() throws Exception {
        Backlog backlog = watched();
        assertThat(backlog.undelivered()).isZero();
        assertThat(backlog.oldestAgeSeconds()).isZero();
        assertThat(backlog.fresh()).isTrue();
    }

    @Test
    void theOldestCountsWhetherItIsPendingOrUnread() throws Exception {
        report(0, NOW - 5_000);
        report(0, NOW - 4_000);
        read(0, 1);
        report(1, NOW - 90_000);
        Answers.of(connection.async().xadd(Keys.deadLetters(1), Map.of("reason", "unknown_kind")));
        Backlog backlog = watched();
        assertThat(backlog.undelivered()).isEqualTo(2);
        assertThat(backlog.pending()).isEqualTo(1);
        assertThat(backlog.oldestAgeSeconds()).isEqualTo(90);
        assertThat(backlog.deadLetters()).isEqualTo(1);
    }

    @Test
    void aSettledReportIsForgottenAndAPoisonOneStillHasAnAge() throws Exception {
        String settled = report(0, NOW - 500_000);
        read(0, 1);
        Answers.of(connection.async().xack(Keys.reports(0), Keys.GROUP, settled));
        XAddArgs written = new XAddArgs().id((NOW - 7_000) + "-0");
        Answers.of(connection.async().xadd(Keys.reports(1), written, Map.of("k", "poison")));
        Backlog backlog = watched();
        assertThat(backlog.undelivered()).isEqualTo(1);
        assertThat(backlog.pending()).isZero();
        assertThat(backlog.oldestAgeSeconds()).isEqualTo(7);
    }

    @Test
    void aRedisThatIsGoneMakesItStale() throws Exception {
        Backlog backlog = watched();
        SERVER.kill();
        try {
            Await.until("it is stale", () -> !backlog.fresh());
        } finally {
            SERVER.startAgain();
        }
        Await.until("it is fresh again", backlog::fresh);
        assertThat(backlog.undelivered()).isZero();
    }

    private Backlog watched() throws Exception {
        Backlog backlog = Backlog.watch(vertx, connection, TWO, CLOCK);
        Await.until("it looked", backlog::looked);
        return backlog;
    }

    private String report(int partition, long receivedAt) {
        return Answers.of(connection
                .async()
                .xadd(Keys.reports(partition), ReportFields.write(new PingReport("shop", receivedAt, List.of()))));
    }

    @SuppressWarnings("unchecked")
    private void read(int partition, int count) {
        Answers.of(connection
                .async()
                .xreadgroup(
                        Consumer.from(Keys.GROUP, "w"),
                        XReadArgs.Builder.count(count),
                        XReadArgs.StreamOffset.lastConsumed(Keys.reports(partition))));
    }
}
