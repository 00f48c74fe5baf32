package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store may say after the payout that an order was in another currency. */
final class CurrencyAfterPayoutTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final long DAY = 86_400_000;

    @Test
    void whatWasPaidIsOwedBackAsAnAdjustmentAndTheNewAmountIsApproved() throws Exception {
        try (Redis redis = Redis.of(SERVER.address());
                RedisConnection<String> texts = redis.connect();
                Backlog backlog = Backlog.on(redis, 1, "2026-03-01T10:00:00Z", Map.of());
                Attributor worker = backlog.worker("worker")) {
            report(backlog, worker, "USD");
            worker.sweep();
            assertThat(new Ledger(texts, backlog.partitions())
                            .pay(0, "P-1", "ava", "USD", 1)
                            .toCompletableFuture()
                            .get())
                    .isEqualTo(1_000);
            report(backlog, worker, "EUR");
            assertThat(balances(texts))
                    .containsEntry("ava\tUSD\tapproved", "0")
                    .containsEntry("ava\tUSD\tpaid", "1000")
                    .containsEntry("ava\tUSD\tadjusted", "-1000")
                    .containsEntry("ava\tEUR\tapproved", "1000");

            report(backlog, worker, "USD");
            assertThat(balances(texts))
                    .as("and back again")
                    .containsEntry("ava\tUSD\tapproved", "1000")
                    .containsEntry("ava\tUSD\tadjusted", "-1000")
                    .containsEntry("ava\tEUR\tapproved", "0");
        }
    }

    private static void report(Backlog backlog, Attributor worker, String currency) throws Exception {
        backlog.pass(DAY);
        backlog.order(
                Map.of("id", "O-1", "source", "trusted", "value", "100.00", "currency", currency, "coupon", "AVA10"));
        worker.round();
    }

    private static Map<String, String> balances(RedisConnection<String> texts) throws Exception {
        return texts.async().hgetall("{p00}balances").get();
    }
}
