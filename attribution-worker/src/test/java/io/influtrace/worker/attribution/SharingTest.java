package io.influtrace.worker.attribution;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How credit and commission are divided, to the last cent. */
final class SharingTest {

    @Test
    void linearCreditOfAnOddCentGoesToTheEarlierTouch() {
        Decision decision = three(Model.LINEAR).decide();
        assertThat(values(decision)).containsExactly(3_334L, 3_333L, 3_333L);
        assertThat(decision.winners()).hasSize(3);
        assertThat(decision.losers()).isEmpty();
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void positionGivesFortyTwentyForty() {
        assertThat(values(three(Model.POSITION_BASED).decide())).containsExactly(4_000L, 2_000L, 4_000L);
        Facts five = Facts.under(Model.POSITION_BASED);
        for (int i = 0; i < 5; i++) {
            five.click(i, "c" + i, ofDays(10 - i), touch -> touch);
        }
        assertThat(values(five.decide())).containsExactly(4_000L, 667L, 667L, 666L, 4_000L);
        Facts two = Facts.under(Model.POSITION_BASED).click(1, "ava", ofDays(2)).click(2, "ben", ofDays(1));
        assertThat(values(two.decide())).containsExactly(5_000L, 5_000L);
        assertThat(values(Facts.under(Model.POSITION_BASED)
                        .click(1, "ava", ofDays(2))
                        .decide()))
                .containsExactly(10_000L);
    }

    @Test
    void decayHalvesEverySevenDays() {
        Decision decision = Facts.under(Model.TIME_DECAY)
                .click(1, "ava", ofDays(14))
                .click(2, "ben", ofDays(7))
                .click(3, "cleo", ofDays(0))
                .decide();
        assertThat(values(decision)).containsExactly(1_429L, 2_857L, 5_714L);
    }

    @Test
    void theModelIsThatOfTheLatestTouchAndEachShareIsPaidAtItsOwnCampaignsRate() {
        Decision decision = Facts.lastClick()
                .policy("multi", Model.LINEAR, Commission.percent("20"))
                .click(1, "ava", ofDays(2))
                .click(2, "ben", ofDays(1), touch -> touch.in("multi"))
                .decide();
        assertThat(decision.credits()).extracting(Credit::commission).containsExactly(500L, 1_000L);
        Decision last = Facts.lastClick()
                .policy("multi", Model.LINEAR, Commission.percent("20"))
                .click(1, "ben", ofDays(2), touch -> touch.in("multi"))
                .click(2, "ava", ofDays(1))
                .decide();
        assertThat(last.credits()).extracting(Credit::creator).containsExactly("ava");
    }

    @Test
    void percentIsOfTheValueLessTaxAndShippingRoundedHalfEven() {
        assertThat(commission(Facts.lastClick().worth(10_000, 1_600, 400))).isEqualTo(800);
        assertThat(commission(Facts.lastClick().worth(25, 0, 0))).isEqualTo(2);
        assertThat(commission(Facts.lastClick().worth(35, 0, 0))).isEqualTo(4);
        assertThat(commission(Facts.lastClick().worth(100, 90, 20))).isZero();
    }

    @Test
    void aCreatorsOverrideAndTierReplaceTheCampaignsRate() {
        assertThat(commission(Facts.lastClick().override("ava", Commission.percent("12.5"))))
                .isEqualTo(1_250);
        Commission tiered = new Commission.Percent(
                BigDecimal.TEN,
                List.of(
                        new Commission.Tier(50, BigDecimal.valueOf(20)),
                        new Commission.Tier(10, BigDecimal.valueOf(15))));
        Facts facts = Facts.lastClick().policy("main", Model.LAST_CLICK, tiered);
        assertThat(commission(facts)).isEqualTo(1_000);
        assertThat(commission(facts.ordinal("ava", 9))).isEqualTo(1_000);
        assertThat(commission(facts.ordinal("ava", 10))).isEqualTo(1_500);
        assertThat(commission(facts.ordinal("ava", 50))).isEqualTo(2_000);
        assertThat(tiered.tiered()).isTrue();
        assertThat(tiered.at(1).tiered()).isFalse();
    }

    @Test
    void aFixedCommissionIsPaidInItsOwnCurrencyAndDividedByShare() {
        Facts facts = Facts.under(Model.LINEAR).policy("main", Model.LINEAR, new Commission.Fixed(500, "EUR"));
        facts.click(1, "ava", ofDays(3)).click(2, "ben", ofDays(2)).click(3, "cleo", ofDays(1));
        Decision decision = facts.decide();
        assertThat(decision.credits()).extracting(Credit::commission).containsExactly(167L, 167L, 166L);
        assertThat(decision.credits()).extracting(Credit::commissionCurrency).containsOnly("EUR");
        assertThat(Accounting.standing(facts.inputs(), decision, 9_999))
                .extracting(Accounting.Standing::commission)
                .containsExactly(167L, 167L, 166L);
        assertThat(Accounting.standing(facts.inputs(), decision, 10_000))
                .extracting(Accounting.Standing::commission)
                .containsOnly(0L);
    }

    @Test
    void aRefundTakesCommissionInProportion() {
        Facts facts = Facts.lastClick().worth(10_000, 1_600, 400).click(1, "ava", ofDays(1));
        Decision decision = facts.decide();
        assertThat(Accounting.standing(facts.inputs(), decision, 2_500))
                .extracting(Accounting.Standing::value, Accounting.Standing::commission)
                .containsExactly(tuple(7_500L, 600L));
        assertThat(Accounting.standing(facts.inputs(), decision, 10_000))
                .extracting(Accounting.Standing::value, Accounting.Standing::commission)
                .containsExactly(tuple(0L, 0L));
        assertThatThrownBy(() -> Accounting.standing(facts.inputs(), decision, 10_001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Accounting.standing(facts.inputs(), decision, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOrderOfNothingConvertsWithoutCommission() {
        Facts percent = Facts.lastClick().worth(0, 0, 0).click(1, "ava", ofMinutes(1));
        assertThat(percent.decide().verdict()).isEqualTo(Verdict.CREDITED);
        assertThat(percent.decide().credits()).extracting(Credit::commission).containsExactly(0L);
        Facts fixed = percent.policy("main", Model.LAST_CLICK, new Commission.Fixed(500, "USD"));
        assertThat(fixed.decide().credits()).extracting(Credit::commission).containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void partsAlwaysAddUpAndStayWithinOneUnitOfTheirQuota(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            long whole = random.nextLong(1_000_000_000L);
            List<BigInteger> weights = new ArrayList<>();
            LongStream.range(0, 1 + random.nextInt(9))
                    .forEach(i -> weights.add(BigInteger.valueOf(1 + random.nextInt(1_000))));
            List<Long> parts = Split.of(whole, weights);
            BigInteger total = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(parts.stream().mapToLong(Long::longValue).sum()).isEqualTo(whole);
            for (int i = 0; i < parts.size(); i++) {
                long quota = BigInteger.valueOf(whole)
                        .multiply(weights.get(i))
                        .divide(total)
                        .longValueExact();
                assertThat(parts.get(i)).isBetween(quota, quota + 1);
            }
        }
    }

    @Test
    void theLargestRemainderGetsTheUnitThatIsLeft() {
        List<BigInteger> weights = List.of(BigInteger.valueOf(1), BigInteger.valueOf(5), BigInteger.valueOf(4));
        assertThat(Split.of(9, weights)).containsExactly(1L, 4L, 4L);
    }

    private static Facts three(Model model) {
        return Facts.under(model)
                .click(1, "ava", ofDays(3))
                .click(2, "ben", ofDays(2))
                .click(3, "cleo", ofDays(1));
    }

    private static long commission(Facts facts) {
        return facts.click(1, "ava", ofDays(1)).decide().credits().get(0).commission();
    }

    private static List<Long> values(Decision decision) {
        return decision.credits().stream().map(Credit::value).toList();
    }
}
