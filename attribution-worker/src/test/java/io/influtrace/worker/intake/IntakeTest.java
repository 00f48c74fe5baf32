package io.influtrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.ledger.LedgerReading;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.Consumer;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A report is settled once whoever dies over it, and an entry that is none hurts nobody. */
final class IntakeTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final Partitions PARTITIONS = new Partitions(2);
    private static final TokenKeys KEYS = TokenKeys.generate("k1", new Random(3));

    private Redis redis;
    private RedisConnection<byte[]> bytes;
    private RedisConnection<String> texts;
    private CatalogStore store;
    private Reading reading;

    @BeforeEach
    void connect() {
        redis = Redis.of(SERVER.address());
        bytes = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        texts = redis.connect();
        store = CatalogStore.open(redis, Clock.systemUTC());
        reading = LedgerReading.of(texts, bytes, PARTITIONS, store.catalog());
    }

    @AfterEach
    void disconnect() {
        store.close();
        texts.close();
        bytes.close();
        redis.close();
    }

    @Test
    void poisonIsBuriedWithItsReasonAfterFiveTriesAndHurtsNobody() throws Exception {
        Map<String, String> future = new HashMap<>(ReportFields.write(order("O-1")));
        future.put("v", "9");
        add("O-1", utf8(future));
        Map<String, byte[]> noText = utf8(ReportFields.write(order("O-2")));
        noText.put("ref", new byte[] {(byte) 0xff, (byte) 0xfe});
        add("O-2", noText);
        Map<String, String> noNumber = new HashMap<>(ReportFields.write(order("O-4")));
        noNumber.put("val", "NaN");
        add("O-4", utf8(noNumber));
        Map<String, String> incomplete = new HashMap<>(ReportFields.write(order("O-5")));
        incomplete.remove("cur");
        add("O-5", utf8(incomplete));
        add("O-6", Map.of("v", "1".getBytes(StandardCharsets.UTF_8), "k", "riddle".getBytes(StandardCharsets.UTF_8)));
        add("O-3", utf8(ReportFields.write(order("O-3"))));
        try (Attributor worker = worker("a", Witness.NOBODY)) {
            worker.round();
            assertThat(view("O-3").map(view -> view.decision().verdict())).contains(Verdict.UNATTRIBUTED);
            assertThat(letters()).isEmpty();
            for (int i = 0; i < Attributor.Rules.USUAL.tries(); i++) {
                worker.claim(Duration.ZERO);
            }
        }
        assertThat(letters())
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder("unknown_version", "bad_utf8", "bad_field", "missing_field", "unknown_kind");
        assertThat(pending()).isZero();
        assertThat(view("O-1")).isEmpty();
    }

    @Test
    void whatADeadWorkerHeldAnotherSettlesOnce() throws Exception {
        add("O-1", utf8(ReportFields.write(order("O-1"))));
        try (Attributor dying = worker("a", step -> {
            throw new IllegalStateException("killed at " + step);
        })) {
            dying.round();
        }
        try (Attributor other = worker("b", Witness.NOBODY)) {
            other.claim(Duration.ZERO);
            other.claim(Duration.ZERO);
        }
        assertThat(view("O-1").map(view -> view.decision().verdict())).contains(Verdict.UNATTRIBUTED);
        assertThat(view("O-1").map(OrderView::duplicates)).contains(0L);
        assertThat(pending()).isZero();
        assertThat(letters()).isEmpty();
    }

    @Test
    void aRefundInAnotherCurrencyIsBuriedAtOnceUnderItsOwnReason() throws Exception {
        add("O-1", utf8(ReportFields.write(order("O-1"))));
        RefundReport foreign = new RefundReport(
                "shop",
                new OrderIdentity("shop", "O-1"),
                Source.API,
                "R-1",
                1_772_359_200_001L,
                1_772_359_200_001L,
                OptionalLong.of(5),
                "JPY",
                false);
        add("O-1", utf8(ReportFields.write(foreign)));
        try (Attributor worker = worker("a", Witness.NOBODY)) {
            worker.round();
        }
        assertThat(letters()).extracting(DeadLetter::reason).containsExactly("refund_currency");
        assertThat(pending()).isZero();
        assertThat(view("O-1").map(OrderView::refunded)).contains(0L);
    }

    @Test
    @SuppressWarnings("unchecked")
    void aReportInTheHandsOfALivingWorkerIsNotTakenAway() throws Exception {
        add("O-1", utf8(ReportFields.write(order("O-1"))));
        bytes.async()
                .xgroupCreate(
                        XReadArgs.StreamOffset.from(key("O-1"), "0"), Keys.GROUP, XGroupCreateArgs.Builder.mkstream())
                .get();
        XReadArgs.StreamOffset<String> undelivered = XReadArgs.StreamOffset.lastConsumed(key("O-1"));
        assertThat(bytes.async()
                        .xreadgroup(Consumer.from(Keys.GROUP, "a"), undelivered)
                        .get())
                .hasSize(1);
        try (Attributor other = worker("b", Witness.NOBODY)) {
            other.claim(Duration.ofSeconds(10));
            assertThat(view("O-1")).isEmpty();
            other.claim(Duration.ZERO);
            assertThat(view("O-1")).isPresent();
        }
    }

    private Attributor worker(String name, Witness witness) {
        return Attributor.watched(redis, store.catalog(), Clock.systemUTC(), PARTITIONS, KEYS, name, witness);
    }

    private Optional<OrderView> view(String id) throws Exception {
        return reading.order(new OrderIdentity("shop", id))
                .toCompletableFuture()
                .get();
    }

    private List<DeadLetter> letters() throws Exception {
        return reading.deadLetters("", 10).toCompletableFuture().get().items();
    }

    private long pending() throws Exception {
        long sum = 0;
        for (int partition = 0; partition < PARTITIONS.count(); partition++) {
            sum += bytes.async()
                    .xpending(Keys.reports(partition), Keys.GROUP)
                    .get()
                    .getCount();
        }
        return sum;
    }

    private void add(String id, Map<String, byte[]> fields) throws Exception {
        bytes.async().xadd(key(id), fields).get();
    }

    private static String key(String id) {
        return Keys.reports(PARTITIONS.of(new OrderIdentity("shop", id)));
    }

    private static Map<String, byte[]> utf8(Map<String, String> fields) {
        Map<String, byte[]> bytes = new HashMap<>();
        fields.forEach((name, value) -> bytes.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    private static OrderReport order(String id) {
        return new OrderReport(
                "shop",
                new OrderIdentity("shop", id),
                Source.PIXEL,
                1_772_359_200_000L,
                1_772_359_200_000L,
                "connected",
                7_900,
                "USD",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
