package io.influtrace.worker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics say what the settlement counted, and nothing of their own. */
final class TalliesTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @Test
    void aReportIsCountedUnderItsOutcomeAndReasonOverAllPartitions() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Redis redis = Redis.of(SERVER.address());
                RedisConnection<String> connection = redis.connect();
                Meters meters = Meters.start()) {
            Answers.of(connection.async().hincrby("{p00}tally", "credited.link", 3));
            Answers.of(connection.async().hincrby("{p01}tally", "credited.link", 4));
            Tallies.watch(vertx, connection, meters, 2, partition -> "{p0" + partition + "}tally");
            String credited = "influtrace_worker_reports_total{outcome=\"credited\",reason=\"link\"} ";
            Await.until("both partitions are counted", () -> meters.scrape().contains(credited + "7.0"));

            Answers.of(connection.async().hincrby("{p01}tally", "credited.link", 1));
            Answers.of(connection.async().hincrby("{p01}tally", "dead.unknown_kind", 1));
            Answers.of(connection.async().hincrby("{p01}tally", "expired", 5));
            Await.until(
                    "expired events are counted",
                    () -> meters.scrape().contains("influtrace_worker_events_expired_total 5.0"));
            Await.until("a further one is counted", () -> meters.scrape().contains(credited + "8.0"));
            String dead = "influtrace_worker_reports_total{outcome=\"dead\",reason=\"unknown_kind\"} ";
            Await.until("so is one of another outcome", () -> meters.scrape().contains(dead + "1.0"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Found by the drill redis-killed-memory: after Redis lost its tail, the worker went on telling the lost counts. */
    @Test
    void whatRedisForgotIsNoLongerCounted() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Redis redis = Redis.of(SERVER.address());
                RedisConnection<String> connection = redis.connect();
                Meters meters = Meters.start()) {
            Answers.of(connection.async().hincrby("{p00}lost", "credited.link", 3));
            Answers.of(connection.async().hincrby("{p01}lost", "credited.link", 4));
            Tallies.watch(vertx, connection, meters, 2, partition -> "{p0" + partition + "}lost");
            String credited = "influtrace_worker_reports_total{outcome=\"credited\",reason=\"link\"} ";
            Await.until("both partitions are counted", () -> meters.scrape().contains(credited + "7.0"));

            Answers.of(connection.async().del("{p00}lost"));
            Await.until("one is left", () -> meters.scrape().contains(credited + "4.0"));
            assertThat(meters.scrape()).doesNotContain(credited + "7.0");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
