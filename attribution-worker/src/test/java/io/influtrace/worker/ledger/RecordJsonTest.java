package io.influtrace.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A record reads as it was written, whatever is usual in it and whatever is not. */
final class RecordJsonTest {

    private static final OrderIdentity IDENTITY = new OrderIdentity("shop", "ORDER-1234");
    private static final long AT = 1_772_359_200_000L;
    private static final List<Model> MODELS = List.of(Model.values());

    @Test
    void theUsualOrderFillsNoMoreThanOneBlockOfRedis() {
        Inputs inputs = new Inputs(
                new OrderFacts("shop", "ORDER-1234", "connected", AT, 7_900, "USD", 0, 0),
                List.of(),
                List.of(touch(1, "ava", "spring", "main", Set.of("shop"))),
                List.of(),
                Map.of("main", policy("main", Model.LAST_CLICK)),
                Map.of());
        OrderRecord record = settled(inputs, Attribution.decide(inputs));
        assertThat(RecordJson.write(record, IDENTITY)).hasSizeLessThan(220);
        assertThat(reread(record)).isEqualTo(untraced(record));
    }

    @Test
    void everyRandomDecisionReadsAsItWasWritten() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            Inputs inputs = inputs(random);
            OrderRecord record = settled(inputs, Attribution.decide(inputs));
            assertThat(reread(record)).isEqualTo(untraced(record));
        }
    }

    @Test
    void aCreditThatTheInputsDoNotExplainIsKeptInFull() {
        Inputs inputs = inputs(new SplittableRandom(1));
        Credit odd =
                new Credit("zoe", "old", 7, "gone", "1-2-3-4", BigInteger.TWO.shiftLeft(128), 3, Long.MAX_VALUE, "KWD");
        Decision decision = Attribution.decide(inputs);
        Decision other = new Decision(
                decision.verdict(),
                decision.signal(),
                decision.reason(),
                List.of(odd),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        OrderRecord record = settled(inputs, other).booking(List.of(new Money(0, -5, 0, 0), new Money(0, 0, 9, 2)));
        assertThat(reread(record)).isEqualTo(untraced(record));
    }

    @Test
    void theEntryThatBroughtADecisionReadsAsItWasWritten() {
        Inputs inputs = inputs(new SplittableRandom(2));
        Decision decision = Attribution.decide(inputs);
        for (String entry : List.of("1-0", AT + "-0", (AT + 13) + "-2", (AT - 5) + "-1", "0-0", "odd", "01-1", "")) {
            OrderRecord record = settled(inputs, decision).done(new Ruling(inputs, decision), entry);
            assertThat(reread(record).entry()).isEqualTo(entry);
        }
        OrderRecord waiting = OrderRecord.ABSENT.deciding(new Ruling(inputs, decision), AT + "-7", List.of(), Map.of());
        assertThat(RecordJson.write(waiting, IDENTITY)).doesNotContain(AT + "-7");
        assertThat(reread(waiting).entry()).isEqualTo(AT + "-7");
    }

    @Test
    void theLinesOfAnEntryReadAsTheyWereWritten() {
        String lines = """
                bava\tUSD\tpending\t790
                cshop\t\t\t\tUSD\torders.credited\t1
                cshop\t\t\t\tUSD\trevenue.credited\t7900
                cshop\tava\tmain\tspring\tUSD\tcommission\t-790
                cshop\tava\tmain\tspring\tUSD\trevenue\t-790
                """;
        for (String order : List.of("shop/O-1", "elsewhere/O-1")) {
            String packed = LedgerLines.pack(lines, order);
            assertThat(packed).hasSizeLessThan(lines.length() * 2 / 3);
            assertThat(LedgerLines.unpack(packed, order)).isEqualTo(lines);
            assertThat(LedgerLines.unpack(lines, order)).as("whole lines").isEqualTo(lines);
            assertThat(LedgerLines.pack("", order)).isEmpty();
            assertThat(LedgerLines.unpack("", order)).isEmpty();
        }
        assertThat(LedgerLines.pack(lines, "shop/O-1")).doesNotContain("shop").startsWith("bava\tUSD\tp\t790\nc\t");
        assertThat(LedgerLines.pack(lines, "elsewhere/O-1")).contains("cshop\t");
    }

    private static OrderRecord reread(OrderRecord record) {
        return RecordJson.read(RecordJson.write(record, IDENTITY), IDENTITY);
    }

    /** A trace is never stored. */
    private static OrderRecord untraced(OrderRecord record) {
        Ruling ruling = record.ruling().orElseThrow();
        Decision decision = ruling.decision();
        return record.ruled(new Ruling(
                ruling.inputs(),
                new Decision(
                        decision.verdict(),
                        decision.signal(),
                        decision.reason(),
                        decision.credits(),
                        decision.assists(),
                        decision.changes(),
                        decision.couponEvents(),
                        decision.repeats(),
                        decision.confirmed(),
                        List.of())));
    }

    private static OrderRecord settled(Inputs inputs, Decision decision) {
        List<Money> money = decision.credits().stream()
                .map(credit -> new Money(credit.commission(), 0, 0, Money.HELD))
                .toList();
        return OrderRecord.ABSENT
                .done(new Ruling(inputs, decision), AT + "-0")
                .booking(money)
                .numbered(2);
    }

    private static Inputs inputs(SplittableRandom random) {
        String store = random.nextInt(4) == 0 ? "other" : "shop";
        String status = random.nextInt(9) == 0 ? "pending" : "connected";
        OrderFacts order = new OrderFacts(
                store, "ORDER-1234", status, AT, random.nextInt(3) * 5_001L, "JPY", random.nextInt(2), 0);
        List<TouchFacts> touches = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String creator = List.of("ava", "ben", "").get(random.nextInt(3));
            Set<String> stores = List.of(Set.<String>of(), Set.of("shop"), Set.of("shop", "other"))
                    .get(random.nextInt(3));
            TouchFacts touch =
                    touch(i, creator, "link" + i, List.of("main", "fixed").get(random.nextInt(2)), stores);
            touches.add(random.nextInt(5) == 0 ? touch.refused(TouchFacts.Refusal.EXPIRED) : touch);
        }
        List<CouponFacts> coupons = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            boolean known = random.nextBoolean();
            coupons.add(new CouponFacts(
                    "CODE" + i,
                    known ? CouponFacts.Standing.MAPPED : CouponFacts.Standing.UNKNOWN,
                    known
                            ? Optional.of(new CouponFacts.Mapping(
                                    List.of("ava", "cleo").get(random.nextInt(2)), "spring", "main"))
                            : Optional.empty(),
                    random.nextInt(4) == 0,
                    known ? List.of() : List.of("CODE7", "CODE8")));
        }
        Model model = MODELS.get(random.nextInt(MODELS.size()));
        Map<String, PolicyFacts> policies = Map.of(
                "main",
                policy("main", model),
                "fixed",
                new PolicyFacts("fixed", 3, model, 5, new Commission.Fixed(77, "EUR"), Map.of()));
        return new Inputs(order, coupons, touches, List.of("forged"), policies, Map.of("ava", 3L));
    }

    private static TouchFacts touch(int number, String creator, String link, String campaign, Set<String> stores) {
        return new TouchFacts(
                new ClickId(12, 30, 0xabcd1234, number),
                number == 4 ? ClickClass.PREFETCH : ClickClass.HUMAN,
                AT - number * 86_400_000L,
                link,
                campaign,
                creator.isEmpty() ? 1 : 2,
                Optional.of(creator).filter(name -> !name.isEmpty()),
                stores,
                false,
                Optional.empty());
    }

    private static PolicyFacts policy(String name, Model model) {
        return new PolicyFacts(
                name,
                1,
                model,
                30,
                Commission.percent("10"),
                Map.of("ben", new Commission.Percent(BigDecimal.ONE, List.of(new Commission.Tier(2, BigDecimal.TEN)))));
    }
}
