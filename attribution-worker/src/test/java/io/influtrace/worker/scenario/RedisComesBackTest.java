package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A worker lives on when its Redis comes back, with all that it knew or with nothing. */
final class RedisComesBackTest {

    @RegisterExtension
    static final RedisServer KEEPING = RedisServer.with("--appendfsync", "everysec");

    @RegisterExtension
    static final RedisServer FORGETTING = RedisServer.with("--appendonly", "no");

    private static final String START = "2026-03-01T10:00:00Z";
    private static final int ORDERS = 600;

    /** Nothing is ever abandoned: what is settled here, its own worker settles. */
    private static final Attributor.Rules NEVER_ABANDONED =
            new Attributor.Rules(Duration.ofHours(1), 5, Attributor.Rules.USUAL.retention());

    private static final Logger INTAKE = (Logger) LoggerFactory.getLogger("io.influtrace.worker.intake");

    @BeforeAll
    static void expectNoise() {
        INTAKE.setLevel(Level.OFF);
    }

    @AfterAll
    static void letItSpeakAgain() {
        INTAKE.setLevel(null);
    }

    @Test
    void whatWasInHandWhenRedisDiedIsSettledByTheSameWorkerAtOnce() throws Exception {
        try (Redis redis = Redis.of(KEEPING.address());
                Backlog backlog = Backlog.on(redis, 4, START, Map.of())) {
            for (int i = 0; i < ORDERS; i++) {
                backlog.pass(1_000);
                if (i % 2 == 0) {
                    click(backlog, "v" + i % 100, List.of("ava", "ben").get(i / 2 % 2));
                }
                order(backlog, "O-" + i, "v" + i % 100);
            }
            backlog.keep();
            try (Attributor undisturbed = backlog.worker("undisturbed", NEVER_ABANDONED)) {
                undisturbed.start();
                Await.until("everything is settled", () -> backlog.unsettled() == 0);
            }
            EndState expected = backlog.state();
            backlog.again();
            try (Attributor worker = backlog.worker("a", NEVER_ABANDONED)) {
                worker.start();
                Await.until("the worker is at it", () -> backlog.unsettled() < ORDERS * 9 / 10);
                KEEPING.kill();
                KEEPING.startAgain();
                Await.until("everything is settled", () -> settled(backlog));
                assertThat(worker.groupsMade()).isZero();
            }
            assertThat(backlog.state().differences(expected)).isEmpty();
        }
    }

    @Test
    void emptiedRedisGetsItsGroupsAgainAndTheWorkerGoesOn() throws Exception {
        try (Redis redis = Redis.of(FORGETTING.address());
                Backlog backlog = Backlog.on(redis, 4, START, Map.of());
                Attributor worker = backlog.worker("a", NEVER_ABANDONED);
                RedisConnection<String> looking = redis.connect()) {
            worker.start();
            order(backlog, "O-1", "v1");
            Await.until("the first is settled", () -> isRecorded(looking, backlog, "O-1"));
            looking.async().flushall().get();
            order(backlog, "O-2", "v1");
            Await.until("the next is settled", () -> isRecorded(looking, backlog, "O-2"));
            assertThat(worker.groupsMade()).isEqualTo(4);
        }
    }

    @Test
    void redisThatCameBackEmptyGetsItsGroupsAgain() throws Exception {
        try (Redis redis = Redis.of(FORGETTING.address());
                Backlog backlog = Backlog.on(redis, 4, START, Map.of());
                Attributor worker = backlog.worker("a", NEVER_ABANDONED);
                RedisConnection<String> looking = redis.connect()) {
            worker.start();
            FORGETTING.kill();
            FORGETTING.startAgain();
            Await.until("it made the groups", () -> worker.groupsMade() == 4);
            order(backlog, "O-1", "v1");
            Await.until("the order is settled", () -> isRecorded(looking, backlog, "O-1"));
            assertThat(looking.async().exists(Keys.reports(0)).get()).isEqualTo(1);
        }
    }

    private static void click(Backlog backlog, String visitor, String creator) throws Exception {
        backlog.click(Map.of(
                "visitor",
                visitor,
                "link",
                "spring",
                "creator",
                creator,
                "class",
                "human",
                "as",
                "c" + backlog.clicks()));
    }

    private static void order(Backlog backlog, String id, String visitor) throws Exception {
        backlog.order(Map.of("id", id, "visitor", visitor, "value", "10.00"));
    }

    /** False also where Redis cannot be asked yet. */
    private static boolean settled(Backlog backlog) throws Exception {
        try {
            return backlog.unsettled() == 0;
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    private static boolean isRecorded(RedisConnection<String> redis, Backlog backlog, String order) throws Exception {
        String identity = "shop/" + order;
        String key = Keys.order(backlog.partitions().ofName(identity), identity);
        try {
            return redis.async().exists(key).get() == 1;
        } catch (ExecutionException notYet) {
            return false;
        }
    }
}
