package io.influtrace.worker.attribution;

import static io.influtrace.worker.attribution.Facts.id;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.worker.attribution.CouponFacts.Standing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an order that nobody earned says of itself. */
final class NearestMissTest {

    @Test
    void nothingAtAllIsNoSignal() {
        Decision decision = Facts.lastClick().decide();
        assertThat(decision.reason()).isEqualTo(Reason.NO_SIGNAL);
        assertThat(decision.signal()).isEqualTo(Signal.NONE);
        assertThat(decision.trace()).isEmpty();
    }

    @Test
    void aTokenOfNobodysIsNamedBeforeNoSignal() {
        Decision decision = Facts.lastClick().refusedToken("bad_signature").decide();
        assertThat(decision.reason()).isEqualTo(Reason.TOKEN_INVALID);
        assertThat(decision.trace())
                .extracting(TraceStep::detail)
                .containsExactly("a token was not ours: bad_signature");
    }

    @Test
    void theTouchThatGotFurthestNamesTheReason() {
        Facts facts = Facts.lastClick().refusedToken("malformed");
        assertThat(facts.click(1, "direct", ofDays(1)).decide().reason()).isEqualTo(Reason.CREATOR_MISSING);
        assertThat(facts.click(2, "stranger", ofDays(1)).decide().reason()).isEqualTo(Reason.CREATOR_UNKNOWN);
        assertThat(facts.click(3, "ava", ofDays(1), touch -> touch.as(ClickClass.BOT))
                        .decide()
                        .reason())
                .isEqualTo(Reason.CLICK_NOT_HUMAN);
        assertThat(facts.click(4, "ava", ofDays(1), touch -> touch.refused(TouchFacts.Refusal.SUPERSEDED))
                        .decide()
                        .reason())
                .isEqualTo(Reason.TOUCH_SUPERSEDED);
        assertThat(facts.click(5, "ava", ofDays(2), touch -> touch.refused(TouchFacts.Refusal.EXPIRED))
                        .decide()
                        .reason())
                .isEqualTo(Reason.TOUCH_EXPIRED);
        assertThat(facts.click(6, "ava", ofDays(31)).decide().reason()).isEqualTo(Reason.LINK_WINDOW_ELAPSED);
        assertThat(facts.click(7, "ava", ofDays(3), touch -> touch.stores("other"))
                        .decide()
                        .reason())
                .isEqualTo(Reason.LINK_INTEGRATION_DISABLED);
        assertThat(facts.unknownCoupon("NOBODY").decide().reason()).isEqualTo(Reason.COUPON_UNKNOWN);
        assertThat(facts.coupon("PAST", "ava", Standing.OUTSIDE_DATES, false)
                        .decide()
                        .reason())
                .isEqualTo(Reason.COUPON_OUTSIDE_DATES);
        assertThat(facts.coupon("ELSEWHERE", "ava", Standing.INTEGRATION_DISABLED, false)
                        .decide()
                        .reason())
                .isEqualTo(Reason.COUPON_INTEGRATION_DISABLED);
        assertThat(facts.click(8, "dan", ofDays(4), Facts.Touch::byTheBuyer)
                        .decide()
                        .reason())
                .isEqualTo(Reason.SELF_REFERRAL);
    }

    @Test
    void aTouchThatFailsTwoGatesIsNamedByTheOuterOne() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(40), touch -> touch.as(ClickClass.BOT).stores("other"))
                .decide();
        assertThat(decision.reason()).isEqualTo(Reason.CLICK_NOT_HUMAN);
    }

    @Test
    void theBuyersOwnClickIsFlaggedAndEarnsNothing() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(1), Facts.Touch::byTheBuyer)
                .decide();
        assertThat(decision.verdict()).isEqualTo(Verdict.UNATTRIBUTED);
        assertThat(decision.changes())
                .containsExactly(new TouchChange(id(1), EventReason.SELF_REFERRAL, Optional.empty()));
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void theBuyersOwnClickSupersedesNobody() {
        Decision decision = Facts.lastClick()
                .click(1, "ben", ofDays(2))
                .click(2, "ava", ofDays(1), Facts.Touch::byTheBuyer)
                .decide();
        assertThat(decision.credits()).extracting(Credit::creator).containsExactly("ben");
        assertThat(decision.losers())
                .containsExactly(new TouchChange(id(2), EventReason.SELF_REFERRAL, Optional.empty()));
        assertThat(decision.assists()).isEmpty();
    }

    @Test
    void theBuyersOwnCodeIsFlaggedAndTheLinkStillEarns() {
        Decision decision = Facts.lastClick()
                .coupon("AVA10", "ava", Standing.MAPPED, true)
                .click(1, "ben", ofDays(2))
                .decide();
        assertThat(decision.signal()).isEqualTo(Signal.LINK);
        assertThat(decision.couponEvents())
                .extracting(CouponEvent::eventId, CouponEvent::reason)
                .containsExactly(tuple("coupon:shop/O-1/AVA10", EventReason.SELF_REFERRAL));
        Decision alone =
                Facts.lastClick().coupon("AVA10", "ava", Standing.MAPPED, true).decide();
        assertThat(alone.reason()).isEqualTo(Reason.SELF_REFERRAL);
    }

    @Test
    void anOrderOfAStoreThatIsNotConnectedIsIgnoredWhateverItCarries() {
        Facts facts = Facts.lastClick().click(1, "ava", ofDays(1)).coupon("BEN10", "ben");
        Decision pending = facts.status("pending").decide();
        assertThat(List.of(pending.verdict(), pending.reason()))
                .containsExactly(Verdict.IGNORED, Reason.INTEGRATION_PENDING);
        assertThat(pending.changes()).isEmpty();
        assertThat(facts.status("disconnected").decide().reason()).isEqualTo(Reason.INTEGRATION_DISCONNECTED);
    }

    @Test
    void theTraceSaysItInNumbers() {
        Decision decision = Facts.lastClick()
                .click(1, "ava", ofDays(31).plus(ofHours(2)))
                .unknownCoupon("AVA1O", "AVA10")
                .decide();
        assertThat(decision.trace())
                .extracting(TraceStep::detail)
                .containsExactly(
                        "code AVA1O is mapped to nobody; did the shopper mean AVA10?",
                        "ava clicked 31 d 2 h before; window 30 d");
    }

    @Test
    void everyVerdictHasItsSentence() {
        Inputs credited =
                Facts.lastClick().click(1, "ava", ofDays(2).plus(ofHours(2))).inputs();
        assertThat(Explanation.of(credited, Attribution.decide(credited)))
                .isEqualTo(
                        "Credited by link: ava clicked 2 d 2 h before; window 30 d; ava gets 100.00 USD of credit and"
                                + " 10.00 USD commission.");
        Inputs coupon = Facts.lastClick()
                .click(1, "ava", ofDays(2))
                .coupon("BEN10", "ben")
                .inputs();
        assertThat(Explanation.of(coupon, Attribution.decide(coupon)))
                .isEqualTo("Credited by coupon: code BEN10 is ben's; ben gets 100.00 USD of credit and 10.00 USD"
                        + " commission. Assisted by ava.");
        Inputs elapsed =
                Facts.lastClick().click(1, "ava", ofDays(31).plus(ofHours(2))).inputs();
        assertThat(Explanation.of(elapsed, Attribution.decide(elapsed)))
                .isEqualTo("Credited to nobody (link_window_elapsed): ava clicked 31 d 2 h before; window 30 d.");
        Inputs nothing = Facts.lastClick().inputs();
        assertThat(Explanation.of(nothing, Attribution.decide(nothing)))
                .isEqualTo(
                        "Credited to nobody (no_signal): the order carried no mapped code and no click that counts.");
        Inputs pending = Facts.lastClick().status("pending").inputs();
        assertThat(Explanation.of(pending, Attribution.decide(pending)))
                .isEqualTo(
                        "Ignored (integration_pending): the store shop was not verified yet when the order came in.");
        Inputs gone = Facts.lastClick().status("disconnected").inputs();
        assertThat(Explanation.of(gone, Attribution.decide(gone)))
                .isEqualTo(
                        "Ignored (integration_disconnected): the store shop was disconnected when the order came in.");
    }
}
