package io.influtrace.worker.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What a decision is worth, at first and after refunds. */
public final class Accounting {

    private Accounting() {}

    /**
     * One credit's remainder.
     *
     * @param value minor units of the order's currency
     * @param commission minor units of the credit's commission currency
     */
    public record Standing(Credit credit, long value, long commission) {}

    /**
     * What stands of each credit, in the credits' order, once {@code refunded} minor units of the order went back.
     *
     * @param refunded 0 to the order's value
     */
    public static List<Standing> standing(Inputs inputs, Decision decision, long refunded) {
        OrderFacts order = inputs.order();
        if (refunded < 0 || refunded > order.value()) {
            throw new IllegalArgumentException("refunded " + refunded + " is not within the order's " + order.value());
        }
        List<BigInteger> weights =
                decision.credits().stream().map(Credit::weight).toList();
        if (weights.isEmpty()) {
            return List.of();
        }
        List<Long> values = Split.of(order.value() - refunded, weights);
        List<Standing> standing = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Credit credit = decision.credits().get(i);
            Commission commission = inputs.commissionOf(credit.campaign(), credit.creator());
            long earned = refunded == order.value() ? 0 : earned(commission, order, values.get(i), weights, i);
            standing.add(new Standing(credit, values.get(i), earned));
        }
        return standing;
    }

    /** A percentage is of the value less tax and shipping, in the proportion in which the value stands; rounded once. */
    private static long earned(
            Commission commission, OrderFacts order, long standing, List<BigInteger> weights, int index) {
        if (commission instanceof Commission.Fixed fixed) {
            return Split.of(fixed.value(), weights).get(index);
        }
        BigDecimal percent = ((Commission.Percent) commission).percent();
        BigDecimal net = BigDecimal.valueOf(Math.max(0, order.value() - order.tax() - order.shipping()));
        return percent.multiply(net)
                .multiply(BigDecimal.valueOf(standing))
                .divide(BigDecimal.valueOf(order.value()).movePointRight(2), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
