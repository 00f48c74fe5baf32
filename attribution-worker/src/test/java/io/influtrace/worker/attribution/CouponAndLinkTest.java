package io.influtrace.worker.attribution;

import static io.influtrace.worker.attribution.Facts.id;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.worker.attribution.CouponFacts.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which signal wins, and what becomes of the others. */
final class CouponAndLinkTest {

    @Test
    void aPlainClickInsideItsWindowConverts() {
        Decision decision = Facts.lastClick().click(1, "ava", ofDays(2)).decide();
        assertThat(decision.verdict()).isEqualTo(Verdict.CREDITED);
        assertThat(decision.signal()).isEqualTo(Signal.LINK);
        assertThat(decision.credits())
                .singleElement()
                .satisfies(credit -> assertThat(
                                List.of(credit.creator(), credit.value(), credit.commission(), credit.eventId()))
                        .containsExactly("ava", 10_000L, 1_000L, id(1).text()));
        assertThat(decision.winners()).containsExactly(converted(1));
        assertThat(decision.losers()).isEmpty();
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void anotherCreatorsCouponWinsWholeAndSetsTheClickAside() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofMinutes(20))
                .coupon("BEN10", "ben")
                .decide();
        assertThat(decision.signal()).isEqualTo(Signal.COUPON);
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ben");
        assertThat(decision.assists()).containsExactly("ava");
        assertThat(decision.changes())
                .containsExactly(new TouchChange(
                        id(1),
                        EventReason.SUPERSEDED_BY_COUPON,
                        Optional.of(new TouchChange.Other("coupon:shop/O-1", "ben", Facts.ORDER_AT))));
        assertThat(decision.couponEvents())
                .containsExactly(new CouponEvent(
                        "coupon:shop/O-1", "BEN10", "ben", "spring", "main", EventReason.CONVERTED, Optional.empty()));
    }

    @Test
    void aCouponCountsAlthoughTheWindowOfTheClickHasPassed() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(60))
                .coupon("AVA10", "ava")
                .decide();
        assertThat(decision.signal()).isEqualTo(Signal.COUPON);
        assertThat(decision.changes()).isEmpty();
        assertThat(decision.couponEvents()).extracting(CouponEvent::eventId).containsExactly("coupon:shop/O-1");
    }

    @Test
    void ownCouponAndOwnClickConvertTheClicksEventAndMakeNoSecondOne() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(3))
                .click(2, "ava", ofDays(2), touch -> touch.on("summer"))
                .coupon("AVA10", "ava")
                .decide();
        assertThat(decision.signal()).isEqualTo(Signal.COUPON);
        assertThat(decision.credits()).extracting(Credit::eventId).containsExactly(id(2).text());
        assertThat(decision.winners()).containsExactly(converted(2));
        assertThat(decision.losers())
                .extracting(TouchChange::reason)
                .containsExactly(EventReason.SUPERSEDED_BY_NEWER_REFERRAL);
        assertThat(decision.couponEvents()).isEmpty();
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void ownCouponUnderFirstClickConvertsTheEarliestOwnClick() {
        Decision decision = Facts.under(Model.FIRST_CLICK)
                .click(1, "ava", ofDays(3))
                .click(2, "ava", ofDays(2), touch -> touch.on("summer"))
                .coupon("AVA10", "ava")
                .decide();
        assertThat(decision.winners()).containsExactly(converted(1));
        assertThat(decision.losers())
                .extracting(TouchChange::reason)
                .containsExactly(EventReason.SUPERSEDED_BY_FIRST_CLICK);
    }

    @Test
    void theFirstUsableOfSeveralMappedCodesWinsAndTheOthersAreSetAside() {
        Decision decision = Facts.lastClick()
                .coupon("OFF", "cleo", Standing.INTEGRATION_DISABLED, false)
                .coupon("BEN10", "ben")
                .coupon("BEN10", "ben")
                .coupon("AVA10", "ava")
                .decide();
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ben");
        assertThat(decision.couponEvents())
                .extracting(CouponEvent::eventId, CouponEvent::reason)
                .containsExactly(
                        tuple("coupon:shop/O-1", EventReason.CONVERTED),
                        tuple("coupon:shop/O-1/AVA10", EventReason.SECOND_COUPON));
        assertThat(decision.assists()).containsExactly("ava");
    }

    @ParameterizedTest
    @EnumSource(value = Standing.class, mode = EnumSource.Mode.EXCLUDE, names = "MAPPED")
    void aCodeThatMayNotEarnIsNamedAsTheNearestMiss(Standing standing) {
        Decision decision =
                Facts.lastClick().coupon("AVA10", "ava", standing, false).decide();
        assertThat(decision.verdict()).isEqualTo(Verdict.UNATTRIBUTED);
        assertThat(decision.reason().word())
                .isEqualTo("coupon_" + standing.name().toLowerCase(Locale.ROOT));
        assertThat(decision.credits()).isEmpty();
        assertThat(decision.couponEvents()).isEmpty();
    }

    @Test
    void aUselessCodeLeavesTheOrderToTheLink() {
        Decision decision = Facts.lastClick()
                .unknownCoupon("WELCOME")
                .click(1, "ava", ofHours(1))
                .decide();
        assertThat(decision.signal()).isEqualTo(Signal.LINK);
        assertThat(decision.trace()).extracting(TraceStep::rule).containsExactly("coupon_unknown", "last_click");
    }

    @Test
    void theLastInstantOfTheWindowCountsAndTheNextMillisecondDoesNot() {
        Facts.Touch atTheEdge =
                new Facts.Touch(1, "ava", Facts.ORDER_AT - ofDays(7).toMillis()).window(7);
        assertThat(TouchRule.refusal(
                        atTheEdge.facts(), Facts.lastClick().inputs().order()))
                .isEmpty();
        Decision late = Facts.lastClick()
                .click(1, "ava", ofDays(7).plusMillis(1), touch -> touch.window(7))
                .decide();
        assertThat(late.reason()).isEqualTo(Reason.LINK_WINDOW_ELAPSED);
    }

    @Test
    void clickAfterTheOrderIsNeverCreditedAndLeavesNoMark() {
        Decision decision = Facts.lastClick().click(1, "ava", ofMillis(-1)).decide();
        assertThat(decision.reason()).isEqualTo(Reason.NO_SIGNAL);
        assertThat(decision.changes()).isEmpty();
        assertThat(decision.trace()).extracting(TraceStep::rule).containsExactly("touch_after_order");
        assertThat(Facts.lastClick().click(1, "ava", ofMillis(0)).decide().verdict())
                .isEqualTo(Verdict.CREDITED);
    }

    @Test
    void theNewerClickWinsAndSupersedesTheOlder() {
        Decision decision = Facts.lastClick()
                .click(2, "ben", ofDays(1))
                .click(1, "ava", ofDays(2))
                .decide();
        assertThat(decision.winners()).containsExactly(converted(2));
        assertThat(decision.losers())
                .containsExactly(new TouchChange(
                        id(1),
                        EventReason.SUPERSEDED_BY_NEWER_REFERRAL,
                        Optional.of(new TouchChange.Other(
                                id(2).text(), "ben", Facts.ORDER_AT - ofDays(1).toMillis()))));
        assertThat(decision.assists()).containsExactly("ava");
    }

    @Test
    void ofEqualInstantsTheHigherIdIsTheLater() {
        Decision decision = Facts.lastClick()
                .click(9, "ava", ofDays(1))
                .click(8, "ben", ofDays(1))
                .decide();
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ava");
    }

    @Test
    void firstClickHoldsAgainstLaterOnes() {
        Decision decision = Facts.under(Model.FIRST_CLICK)
                .click(1, "ava", ofDays(2))
                .click(2, "ben", ofDays(1))
                .decide();
        assertThat(decision.winners()).containsExactly(converted(1));
        assertThat(decision.losers())
                .extracting(TouchChange::reason)
                .containsExactly(EventReason.SUPERSEDED_BY_FIRST_CLICK);
        assertThat(decision.assists()).containsExactly("ben");
    }

    @Test
    void aClickThatCouldNeverBeCreditedHereTakesNothing() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(2))
                .click(2, "ben", ofDays(1), touch -> touch.stores("other"))
                .decide();
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ava");
        assertThat(decision.losers()).isEmpty();
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void aClickOfAnotherStoreGivesWayWhereTheTwoLinksShareThatStore() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(2), touch -> touch.stores("other"))
                .click(2, "ben", ofDays(1), touch -> touch.stores("other", "shop"))
                .decide();
        assertThat(decision.losers()).extracting(TouchChange::id).containsExactly(id(1));
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void aClickWhoseWindowEndedBeforeTheNewerOneIsLeftToExpire() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(20), touch -> touch.window(7))
                .click(2, "ben", ofDays(1))
                .decide();
        assertThat(decision.losers()).isEmpty();
        Decision within = Facts.lastClick()
                .click(1, "ava", ofDays(8), touch -> touch.window(7))
                .click(2, "ben", ofDays(1))
                .decide();
        assertThat(within.losers()).extracting(TouchChange::id).containsExactly(Facts.id(1, 7));
        assertThat(within.assists()).isEmpty();
    }

    @Test
    void aRefusedWinnerGivesWayToTheNext() {
        Inputs inputs = Facts.lastClick()
                .click(1, "ava", ofDays(2))
                .click(2, "ben", ofDays(1))
                .inputs()
                .refusing(id(2), TouchFacts.Refusal.SUPERSEDED);
        Decision decision = Attribution.decide(inputs);
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ava");
        assertThat(decision.assists()).containsExactly("ben");
        Decision nobody = Attribution.decide(inputs.refusing(id(1), TouchFacts.Refusal.EXPIRED));
        assertThat(nobody.reason()).isEqualTo(Reason.TOUCH_EXPIRED);
    }

    @Test
    void theSameTokenTwiceIsOneTouch() {
        Decision decision = Facts.under(Model.LINEAR)
                .click(1, "ava", ofDays(1))
                .click(1, "ava", ofDays(1))
                .decide();
        assertThat(decision.credits()).hasSize(1);
        assertThat(decision.repeats()).isEmpty();
    }

    @Test
    void aSecondClickWithinSixtySecondsRepeatsTheFirst() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(1))
                .click(2, "ava", ofDays(1).minus(ofSeconds(60)))
                .click(3, "ava", ofDays(1).minus(ofSeconds(60)).minusMillis(1))
                .decide();
        assertThat(decision.repeats()).containsExactly(new Decision.Repeat(id(2), id(1)));
        assertThat(decision.winners()).containsExactly(converted(3));
        assertThat(decision.losers()).extracting(TouchChange::id).containsExactly(id(1));
    }

    @Test
    void anotherLinkOrCreatorWithinSixtySecondsIsNoRepeat() {
        Decision decision = Facts.under(Model.LINEAR)
                .click(1, "ava", ofDays(1))
                .click(2, "ben", ofDays(1).minus(ofSeconds(1)))
                .click(3, "ava", ofDays(1).minus(ofSeconds(2)), touch -> touch.on("summer"))
                .decide();
        assertThat(decision.repeats()).isEmpty();
        assertThat(decision.credits()).hasSize(3);
    }

    @Test
    void aTokenThatTheEdgeMarkedAsRepeatStandsForTheClickAndIsNotCountedAgain() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(1))
                .click(2, "ava", ofDays(1).minus(ofSeconds(5)), touch -> touch.as(ClickClass.REPEAT))
                .decide();
        assertThat(decision.repeats()).isEmpty();
        assertThat(decision.winners()).containsExactly(converted(1));
    }

    @Test
    void aPrefetchedClickInAnOrderIsAPersons() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(1), touch -> touch.as(ClickClass.PREFETCH))
                .decide();
        assertThat(decision.verdict()).isEqualTo(Verdict.CREDITED);
        assertThat(decision.confirmed()).containsExactly(id(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"BOT", "PREVIEW", "HEAD"})
    void aClickThatNobodyMadeEarnsNothing(ClickClass clickClass) {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(1), touch -> touch.as(clickClass))
                .decide();
        assertThat(decision.reason()).isEqualTo(Reason.CLICK_NOT_HUMAN);
        assertThat(decision.confirmed()).isEmpty();
    }

    private static TouchChange converted(int id) {
        return new TouchChange(id(id), EventReason.CONVERTED, Optional.empty());
    }
}
