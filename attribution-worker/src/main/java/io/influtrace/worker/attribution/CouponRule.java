package io.influtrace.worker.attribution;

import io.influtrace.worker.attribution.CouponFacts.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One gate that a code passes on its way to a credit; a code that fails is set aside under the gate's reason. */
record CouponRule(Reason reason, Predicate<CouponFacts> passes) {

    /** All gates, outermost first. */
    static final List<CouponRule> ALL = List.of(
            without(Reason.COUPON_UNKNOWN, Standing.UNKNOWN),
            without(Reason.COUPON_OUTSIDE_DATES, Standing.OUTSIDE_DATES),
            without(Reason.COUPON_INTEGRATION_DISABLED, Standing.INTEGRATION_DISABLED),
            new CouponRule(Reason.SELF_REFERRAL, coupon -> !coupon.own()),
            without(Reason.COUPON_BELOW_MINIMUM, Standing.BELOW_MINIMUM),
            without(Reason.COUPON_LIMIT_REACHED, Standing.LIMIT_REACHED));

    /** Why a code earns nothing on its order; empty where it may. */
    static Optional<Reason> refusal(CouponFacts coupon) {
        return ALL.stream()
                .filter(rule -> !rule.passes.test(coupon))
                .map(CouponRule::reason)
                .findFirst();
    }

    /** What a set-aside code says in the trace. */
    static String words(Reason reason, CouponFacts coupon, OrderFacts order) {
        String code = "code " + coupon.code();
        return switch (reason) {
            case COUPON_OUTSIDE_DATES ->
                code + " was mapped to nobody at " + Instant.ofEpochMilli(order.occurredAt())
                        + ", when the order was placed";
            case COUPON_INTEGRATION_DISABLED -> code + " is not enabled for " + order.integration();
            case SELF_REFERRAL -> code + " is the buyer's own";
            case COUPON_BELOW_MINIMUM -> "the order is below the least value that " + code + " earns on";
            case COUPON_LIMIT_REACHED -> code + " had been used as often as it may";
            default ->
                code + " is mapped to nobody"
                        + (coupon.nearest().isEmpty()
                                ? ""
                                : "; did the shopper mean " + String.join(" or ", coupon.nearest()) + "?");
        };
    }

    private static CouponRule without(Reason reason, Standing standing) {
        return new CouponRule(reason, coupon -> coupon.standing() != standing);
    }
}
