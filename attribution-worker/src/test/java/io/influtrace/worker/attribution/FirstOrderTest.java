package io.influtrace.worker.attribution;

import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A renewal follows the order that it renews. */
final class FirstOrderTest {

    @Test
    void anOrderThatNobodyEarnedIsFollowedByNobody() {
        assertThat(FirstOrder.of("O-0", Facts.lastClick().decide())).isEmpty();
    }

    @Test
    void aRenewalHasTheFirstOrdersSharesAtTheRateOfItsOwnTime() {
        FirstOrder first = two();
        assertThat(first.credits())
                .extracting(Credit::policyVersion, Credit::value, Credit::commission, Credit::commissionCurrency)
                .containsOnly(tuple(0, 0L, 0L, ""));

        Inputs inputs = Facts.lastClick()
                .policy("main", Model.LAST_CLICK, Commission.percent("20"))
                .worth(5_001, 0, 0)
                .inputs();
        Decision renewal = Attribution.decide(renewing(inputs, first));

        assertThat(renewal.verdict()).isEqualTo(Verdict.CREDITED);
        assertThat(renewal.signal()).isEqualTo(Signal.LINK);
        assertThat(renewal.credits())
                .extracting(Credit::creator, Credit::policyVersion, Credit::eventId, Credit::value, Credit::commission)
                .containsExactly(
                        tuple("ava", 1, Facts.id(1).text(), 2_501L, 500L),
                        tuple("ben", 1, Facts.id(2).text(), 2_500L, 500L));
        assertThat(renewal.trace())
                .extracting(TraceStep::rule, TraceStep::outcome, TraceStep::detail)
                .containsExactly(
                        tuple("renewal", "credited", "the order renews O-0, which ava earned"),
                        tuple("renewal", "credited", "the order renews O-0, which ben earned"));
    }

    @Test
    void aRenewalAttachesToTheEventsThatEarnedAndToNoOther() {
        Inputs inputs = Facts.lastClick()
                .click(1, "ava", ofDays(300))
                .click(2, "ben", ofDays(299), touch -> touch.refused(TouchFacts.Refusal.EXPIRED))
                .click(3, "cleo", ofDays(1))
                .inputs();
        Decision renewal = Attribution.decide(renewing(inputs, two()));
        assertThat(renewal.changes())
                .containsExactly(new TouchChange(Facts.id(1), EventReason.CONVERTED, Optional.empty()));
        assertThat(renewal.assists()).isEmpty();
    }

    @Test
    void aRenewalOfAStoreThatIsNotConnectedIsIgnored() {
        Inputs inputs = Facts.lastClick().status("pending").inputs();
        assertThat(Attribution.decide(renewing(inputs, two())).reason()).isEqualTo(Reason.INTEGRATION_PENDING);
    }

    @Test
    void otherWorthsOfItsCodesLeaveTheRestOfAnOrderAsItIs() {
        Inputs inputs = renewing(
                Facts.lastClick()
                        .click(1, "ava", ofDays(2))
                        .coupon("BEN10", "ben")
                        .inputs(),
                two());
        Inputs without = inputs.using(List.of());
        assertThat(without.coupons()).isEmpty();
        assertThat(without.using(inputs.coupons())).isEqualTo(inputs);
    }

    /** An order of which ava and ben have one half each. */
    private static FirstOrder two() {
        Decision decision = Facts.under(Model.LINEAR)
                .click(1, "ava", ofDays(2))
                .click(2, "ben", ofDays(1))
                .decide();
        return FirstOrder.of("O-0", decision).orElseThrow();
    }

    private static Inputs renewing(Inputs inputs, FirstOrder first) {
        return new Inputs(
                inputs.order(),
                inputs.coupons(),
                inputs.touches(),
                inputs.refusedTokens(),
                inputs.policies(),
                inputs.ordinals(),
                Optional.of(first));
    }
}
