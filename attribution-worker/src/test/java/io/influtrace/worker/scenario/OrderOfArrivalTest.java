package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Orders of one browser settle in order of arrival, however many workers catch up and wherever the orders lie. A
 * worker that settles every report as soon as it is written says what must come of it.
 */
final class OrderOfArrivalTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final int BROWSERS = 150;

    @Test
    void twoWorkersThatCatchUpComeToWhatOneThatNeverLaggedComesTo() throws Exception {
        caughtUpBy("one", "other");
    }

    @Test
    void twoWorkersOfOneNameComeToTheSame() throws Exception {
        caughtUpBy("same", "same");
    }

    private static void caughtUpBy(String first, String second) throws Exception {
        try (Redis redis = Redis.of(SERVER.address())) {
            EndState expected;
            try (Backlog prompt = Backlog.on(redis, 16, START, WORLD);
                    Attributor worker = prompt.worker("prompt")) {
                prompt.promptly(worker);
                write(prompt);
                assertThat(prompt.unsettled()).isZero();
                expected = prompt.state();
            }
            try (Backlog backlog = Backlog.on(redis, 16, START, WORLD)) {
                write(backlog);
                assertThat(backlog.unsettled()).isGreaterThan(BROWSERS * 3L);
                try (Attributor one = backlog.worker(first);
                        Attributor other = backlog.worker(second)) {
                    one.start();
                    other.start();
                    Await.until("everything is settled", () -> backlog.unsettled() == 0);
                }
                assertThat(backlog.state().differences(expected)).isEmpty();
            }
        }
    }

    private static final String START = "2026-03-01T10:00:00Z";
    private static final Map<String, Object> WORLD = Map.of(
            "coupons",
            Map.of(
                    "ONLY3",
                    Map.of("creator", "ben", "link", "spring", "integrations", List.of("shop"), "usageLimit", 3)),
            "campaigns",
            Map.of(
                    "tiered",
                    Map.of(
                            "commission",
                            Map.of(
                                    "type",
                                    "percent",
                                    "value",
                                    "10",
                                    "tiers",
                                    List.of(Map.of("from", 5, "value", "20"))))),
            "links",
            Map.of("autumn", Map.of("campaign", "tiered", "integrations", List.of("shop"))));

    /** An hour in which browsers click and buy again and again, their orders spread over all partitions. */
    private static void write(Backlog backlog) throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < BROWSERS * 8; i++) {
            backlog.pass(random.nextInt(3_000));
            String visitor = "v" + random.nextInt(BROWSERS);
            if (random.nextInt(2) == 0) {
                backlog.click(Map.of(
                        "visitor",
                        visitor,
                        "link",
                        List.of("spring", "summer", "autumn").get(random.nextInt(3)),
                        "creator",
                        List.of("ava", "ben", "cleo").get(random.nextInt(3)),
                        "as",
                        "c" + i));
            } else if (random.nextInt(12) == 0) {
                backlog.ping(visitor);
            } else {
                Map<String, Object> order = new HashMap<>(Map.of("id", "O-" + i, "visitor", visitor, "value", "10.00"));
                if (random.nextInt(30) == 0) {
                    order.put("coupon", "ONLY3");
                }
                backlog.order(order);
            }
        }
    }
}
