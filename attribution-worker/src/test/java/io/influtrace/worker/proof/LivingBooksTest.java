package io.influtrace.worker.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.RedisServer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proof beside a worker at work reports nothing that is merely on its way, and mends without getting in its way. */
@Timeout(300)
final class LivingBooksTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final Partitions PARTITIONS = new Partitions(4);
    private static final TokenKeys KEYS = TokenKeys.generate("k1", new Random(5));
    private static final int ORDERS = 600;

    @Test
    void aProofBesideAWorkerAtWorkFindsNothing() {
        Clock clock = Clock.systemUTC();
        try (Redis redis = Redis.of(SERVER.address());
                CatalogStore store = CatalogStore.open(redis, clock);
                RedisConnection<String> connection = redis.connect();
                Attributor worker =
                        Attributor.of(redis, store.catalog(), clock, PARTITIONS, KEYS, "w", Attributor.Rules.USUAL)) {
            configure(store);
            Link link = store.catalog().link("spring").orElseThrow().now();
            Creator ben = store.catalog().creator("ben").orElseThrow().now();
            long now = clock.millis();
            worker.start();
            Proof proof = Proof.of(connection, PARTITIONS, clock, Attributor.Rules.USUAL.retention());
            for (int i = 0; i < ORDERS; i++) {
                // Three orders in a row of one browser, so that the later ones meet what the first converted.
                long click = i / 3;
                ClickId id = new ClickId((int) (click / 64 % PARTITIONS.count()), 30, 7, click);
                send(connection, i, now, new Click(id, ClickClass.HUMAN, now - 60_000, link.number(), ben.number()));
            }
            int proofs = 0;
            long settled = 0;
            // A fast worker may be done before the first proof is.
            while (settled < ORDERS || proofs < 2) {
                Statement statement = proofs % 2 == 0 ? proof.verify() : proof.rebuild();
                assertThat(statement.left()).isEmpty();
                assertThat(statement.mended()).isEmpty();
                proofs++;
                settled = settled(connection);
            }
            assertThat(proofs).isGreaterThan(1);
            assertThat(proof.verify().lines())
                    .contains("USD pending=6000.00 approved=0.00 paid=0.00 adjusted=0.00 owed=0.00");
        }
    }

    private static void configure(CatalogStore store) {
        store.editFrom(0, draft -> {
            draft.put(new Creator("ben", 0, "Ben", Optional.empty(), false));
            draft.put(new Campaign(
                    "main", "Main", Model.LAST_CLICK, 30, 30, Commission.percent("10"), Map.of(), Map.of(), false));
            return draft;
        });
        store.editFrom(0, draft -> {
            draft.put(new Link(
                    "spring",
                    0,
                    "main",
                    "https://shop.example.com/",
                    List.of("shop"),
                    Optional.empty(),
                    Map.of(),
                    PassQuery.FILL,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    false));
            return draft;
        });
    }

    /** What an order came to is counted in the moment in which it is settled. */
    private static long settled(RedisConnection<String> redis) {
        long settled = 0;
        for (int partition = 0; partition < PARTITIONS.count(); partition++) {
            for (String count : Answers.of(redis.async().hvals(LedgerKeys.tally(partition)))) {
                settled += Long.parseLong(count);
            }
        }
        return settled;
    }

    private static void send(RedisConnection<String> redis, int number, long now, Click click) {
        OrderIdentity order = new OrderIdentity("shop", "O-" + number);
        OrderReport report = new OrderReport(
                "shop",
                order,
                Source.PIXEL,
                now,
                now,
                "connected",
                10_000,
                "USD",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                List.of(ClickTokens.of(KEYS).seal(click)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(Answers.of(redis.async().xadd(Keys.reports(PARTITIONS.of(order)), ReportFields.write(report))))
                .isNotEmpty();
    }
}
