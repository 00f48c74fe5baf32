package io.influtrace.worker.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.scenario.StoryRunner;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Books that are right prove right; each kind of change in them is found and named, and mended where it can be. */
final class ProofTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final String STORY = """
        name: three orders, a refund, an approval
        world: {campaigns: {main: {holdDays: 5}}}
        steps:
          - {at: 2026-03-01T10:00:00Z, click: {visitor: v1, link: spring, creator: ava, as: c1}}
          - {at: 2026-03-01T10:05:00Z, click: {visitor: v1, link: summer, creator: ben, as: c2}}
          - {at: 2026-03-01T11:00:00Z, order: {id: O-1, visitor: v1, value: "79.00"}}
          - {at: 2026-03-02T10:00:00Z, click: {visitor: v2, link: spring, creator: ava, as: c3}}
          - {at: 2026-03-02T11:00:00Z, order: {id: O-2, visitor: v2, value: "100.00", coupon: BEN10}}
          - {at: 2026-03-03T11:00:00Z, refund: {id: R-1, order: O-1, value: "9.00"}}
          - {at: 2026-03-06T12:00:00Z, sweep: true}
          - {at: 2026-03-06T13:00:00Z, order: {id: O-3, value: "5.00", coupon: AVA10}}
        """;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-06T14:00:00Z"), ZoneOffset.UTC);
    private static final Partitions PARTITIONS = new Partitions(Partitions.DEFAULT_COUNT);
    private static final String O1 = "shop/O-1";

    private Redis redis;
    private RedisConnection<String> connection;
    private int partition;

    @BeforeEach
    void tell() throws Exception {
        redis = Redis.of(SERVER.address());
        connection = redis.connect();
        partition = PARTITIONS.of(OrderIdentity.parse(O1));
        Map<String, Object> story = new Yaml(new SafeConstructor(new LoaderOptions())).load(STORY);
        try (StoryRunner runner = StoryRunner.on(redis)) {
            runner.run(story);
        }
    }

    @AfterEach
    void disconnect() {
        connection.close();
        redis.close();
    }

    @Test
    void booksThatAreRightProveRightWithTheirSums() {
        Statement statement = proof().verify();
        assertThat(statement.lines())
                .containsExactly(
                        "orders=3 unsettled=0 entries=5 differences=0",
                        "USD pending=10.50 approved=7.00 paid=0.00 adjusted=0.00 owed=7.00");
    }

    @Test
    void oneCentInABalanceIsNamedAndMended() {
        Answers.of(connection.async().hincrby(LedgerKeys.balances(partition), "ben\tUSD\tapproved", 1));
        assertThat(found()).containsExactly("balance p" + partition + " ben/USD/approved: stored 701, computed 700");
        assertThat(proof().rebuild().mended()).hasSize(1);
        assertThat(found()).isEmpty();
        assertThat(Answers.of(connection.async().hget(LedgerKeys.balances(partition), "ben\tUSD\tapproved")))
                .isEqualTo("700");
    }

    @Test
    void oneByteOfADecisionIsNamedAndLeft() {
        String record = record();
        int commission = record.indexOf("790", record.indexOf("\"d\":"));
        set(record.substring(0, commission) + "791" + record.substring(commission + 3));
        assertThat(found())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("decision order shop/O-1: stored ")
                .contains("791");
        assertThat(proof().rebuild().agrees()).isFalse();
        assertThat(found()).hasSize(1);
    }

    @Test
    void aBookingThatItsDecisionDoesNotGiveIsNamed() {
        String record = record();
        int money = record.indexOf("700", record.indexOf("\"m\":"));
        set(record.substring(0, money) + "699" + record.substring(money + 3));
        assertThat(found())
                .anyMatch(line ->
                        line.startsWith("booking order shop/O-1 ben ") && line.endsWith("stored 699, computed 700"))
                .anyMatch(line -> line.startsWith("ledger order shop/O-1 bben/USD/approved"));
    }

    @Test
    void bytesThatNobodyHereWritesAreNamed() {
        set(record() + " ");
        assertThat(found()).hasSize(1).first().asString().startsWith("record order shop/O-1");
    }

    @Test
    void inputsThatWereChangedAreNamedByTheirDecision() {
        set(record().replace("7900", "7800"));
        assertThat(found()).anyMatch(line -> line.startsWith("decision order shop/O-1"));
    }

    @Test
    void oneCounterIsNamedAndMended() {
        String key =
                LedgerKeys.day(partition, Instant.parse("2026-03-01T11:00:00Z").toEpochMilli());
        Answers.of(connection.async().hincrby(key, "shop\tben\tmain\tsummer\tUSD\torders", 1));
        assertThat(found())
                .containsExactly(
                        "counter p" + partition + " 20260301 shop/ben/main/summer/USD/orders: stored 2, computed 1");
        assertThat(proof().rebuild().agrees()).isTrue();
        assertThat(found()).isEmpty();
    }

    @Test
    void countersOfADayWithoutOrdersAreNamedAndTakenAway() {
        String key =
                LedgerKeys.day(partition, Instant.parse("2026-02-01T11:00:00Z").toEpochMilli());
        Answers.of(connection.async().hincrby(key, "shop\tben\tmain\tsummer\tUSD\torders", 1));
        assertThat(found()).hasSize(1);
        assertThat(proof().rebuild().agrees()).isTrue();
        assertThat(Answers.of(connection.async().exists(key))).isZero();
    }

    @Test
    void aStatusThatNoDecisionGivesIsNamed() {
        String statuses = statuses(O1);
        Map<String, String> before = Answers.of(connection.async().hgetall(statuses));
        String won = before.entrySet().stream()
                .filter(each -> each.getValue().startsWith("C"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Answers.of(connection.async().hset(statuses, won, "D\t1\tself_referral\tshop/O-1"));
        assertThat(found())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("status click ")
                .endsWith("order shop/O-1: stored self_referral, computed converted");
        Answers.of(connection.async().hdel(statuses, won));
        assertThat(found()).hasSize(1).first().asString().endsWith("stored pending, computed converted");
        Answers.of(connection.async().hset(statuses, won, before.getOrDefault(won, "") + "\tshop/O-3"));
        assertThat(found())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("order shop/O-3: stored converted, computed no change");
        Answers.of(connection.async().hset(statuses, won, "what?"));
        assertThat(found()).isNotEmpty().allMatch(line -> line.startsWith("status click"));
    }

    @Test
    void aLostEntryOfTheLedgerIsNamedAndMended() {
        StreamMessage<String, String> lost = entries().stream()
                .filter(entry -> O1.equals(entry.getBody().get("o")))
                .findFirst()
                .orElseThrow();
        Answers.of(connection.async().xdel(LedgerKeys.ledger(partition), lost.getId()));
        assertThat(found())
                .contains("ledger order shop/O-1 bben/USD/pending: stored -790, computed 0")
                .anyMatch(line -> line.startsWith("balance p" + partition + " ben/USD/pending"));
        Map<String, String> balances = Answers.of(connection.async().hgetall(LedgerKeys.balances(partition)));
        assertThat(proof().rebuild().agrees()).isTrue();
        assertThat(found()).isEmpty();
        assertThat(Answers.of(connection.async().hgetall(LedgerKeys.balances(partition))))
                .isEqualTo(balances);
    }

    @Test
    void placesThatAreLostAreFoundAgain() {
        Map<String, String> before = StoredKeys.dump(connection);
        for (int each = 0; each < PARTITIONS.count(); each++) {
            Answers.of(connection.async().del(LedgerKeys.orderIndex(each), LedgerKeys.holds(each)));
            Answers.of(connection.async().del(LedgerKeys.balances(each)));
        }
        for (String day : Answers.of(connection.async().keys("*d:2026*"))) {
            Answers.of(connection.async().del(day));
        }
        assertThat(found()).anyMatch(line -> line.startsWith("index order shop/O-1: stored none"));
        assertThat(proof().rebuild().agrees()).isTrue();
        assertThat(found()).isEmpty();
        assertThat(StoredKeys.dump(connection)).isEqualTo(before);
        assertThat(proof().rebuild().mended()).isEmpty();
    }

    @Test
    void aPlaceThatNoRecordAsksForIsNamedAndTakenAway() {
        Map<String, String> before = StoredKeys.dump(connection);
        Answers.of(connection.async().zadd(LedgerKeys.orderIndex(partition) + ":0", 7, "shop/O-9"));
        assertThat(found()).containsExactly("index order shop/O-9: stored 7, computed none");
        assertThat(proof().rebuild().mended()).hasSize(1);
        assertThat(found()).isEmpty();
        assertThat(StoredKeys.dump(connection)).isEqualTo(before);
    }

    @Test
    void aHoldThatNoMarkCoversIsNamedAndMended() {
        OrderIdentity held = OrderIdentity.parse("shop/O-2");
        String holds = LedgerKeys.holds(PARTITIONS.of(held));
        String mark = Answers.of(connection.async().zrange(holds, 0, 0)).get(0);
        double ends = (double) Instant.parse("2026-03-07T11:00:00Z").toEpochMilli();
        assertThat(Answers.of(connection.async().zscore(holds, mark))).isEqualTo(ends);
        Answers.of(connection.async().zadd(holds, ends - 1, mark));
        assertThat(found()).as("a mark may lie too early").isEmpty();
        Answers.of(connection.async().zadd(holds, ends + 1, mark));
        assertThat(found()).containsExactly("hold order shop/O-2: stored none, computed " + (long) ends);
        assertThat(proof().rebuild().mended()).hasSize(1);
        assertThat(Answers.of(connection.async().zscore(holds, mark))).isEqualTo(ends);
    }

    @Test
    void aRebuildThatDiesAnywhereIsFinishedByTheNext() {
        Map<String, String> right = StoredKeys.dump(connection);
        int writes = 0;
        for (boolean died = true; died; writes++) {
            for (int each = 0; each < PARTITIONS.count(); each++) {
                Answers.of(connection.async().del(LedgerKeys.orderIndex(each), LedgerKeys.holds(each)));
                Answers.of(connection.async().del(LedgerKeys.balances(each)));
            }
            died = DyingConnection.over(connection, writes)
                    .dies(dying -> proof(dying).rebuild());
            assertThat(proof().rebuild().agrees()).isTrue();
            assertThat(StoredKeys.dump(connection)).isEqualTo(right);
        }
        assertThat(writes).isGreaterThan(3);
    }

    @Test
    void aLostPayoutIsNeverMadeDueAgain() {
        Ledger ledger = new Ledger(connection, PARTITIONS);
        assertThat(Answers.of(ledger.pay(partition, "2026-03", "ben", "USD", 1)))
                .isEqualTo(700);
        assertThat(found()).isEmpty();
        StreamMessage<String, String> payout = entries().stream()
                .filter(entry -> "payout".equals(entry.getBody().get("k")))
                .findFirst()
                .orElseThrow();
        Answers.of(connection.async().xdel(LedgerKeys.ledger(partition), payout.getId()));
        assertThat(found()).contains("payout p" + partition + " 2026-03/ben/USD: stored 700, computed 0");
        assertThat(proof().rebuild().agrees()).isFalse();
        assertThat(Answers.of(connection.async().hget(LedgerKeys.balances(partition), "ben\tUSD\tapproved")))
                .isEqualTo("0");
    }

    @Test
    void anEntryThatNobodyHereWroteIsNamed() {
        Answers.of(connection.async().xadd(LedgerKeys.ledger(partition), Map.of("k", "order", "p", "zzz")));
        assertThat(found()).hasSize(1).first().asString().startsWith("ledger p" + partition + " entry ");
    }

    private Proof proof() {
        return proof(connection);
    }

    private static Proof proof(RedisConnection<String> over) {
        return Proof.of(over, PARTITIONS, CLOCK, Attributor.Rules.USUAL.retention());
    }

    private List<String> found() {
        return proof().verify().left().stream().map(Difference::toString).toList();
    }

    private String record() {
        return Answers.of(connection.async().get(Keys.order(partition, O1)));
    }

    private void set(String record) {
        assertThat(record).isNotEqualTo(record());
        Answers.of(connection.async().set(Keys.order(partition, O1), record));
    }

    private List<StreamMessage<String, String>> entries() {
        return Answers.of(connection.async().xrange(LedgerKeys.ledger(partition), Range.unbounded()));
    }

    private String statuses(String order) {
        return Answers.of(connection.async().keys("*s:30:*")).stream()
                .filter(key -> Answers.of(connection.async().hvals(key)).stream()
                        .anyMatch(status -> status.startsWith("C") && status.endsWith(order)))
                .findFirst()
                .orElseThrow();
    }
}
