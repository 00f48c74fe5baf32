package io.influtrace.worker.attribution;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** What a creator earns on a credit. */
public sealed interface Commission {

    /** The commission that a creator's n-th credited order of the calendar month earns, n from 1. */
    Commission at(long ordinal);

    /** True where the rate hangs on how many orders the creator had this month. */
    boolean tiered();

    /**
     * A share of what the shopper paid less tax and shipping.
     *
     * @param percent 0 to 100
     * @param tiers other percentages from a number of credited orders in the month on
     */
    record Percent(BigDecimal percent, List<Tier> tiers) implements Commission {
        public Percent {
            if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                throw new IllegalArgumentException("percent is not within 0 and 100");
            }
            tiers = tiers.stream().sorted(Comparator.comparingLong(Tier::from)).toList();
        }

        @Override
        public Commission at(long ordinal) {
            BigDecimal rate = percent;
            for (Tier tier : tiers) {
                rate = tier.from <= ordinal ? tier.percent : rate;
            }
            return new Percent(rate, List.of());
        }

        @Override
        public boolean tiered() {
            return !tiers.isEmpty();
        }
    }

    /**
     * A percentage from the {@code from}-th credited order of the month on.
     *
     * @param from 1 or more
     */
    record Tier(long from, BigDecimal percent) {}

    /**
     * An amount an order, in its own currency, divided where several share.
     *
     * @param value minor units
     * @param currency ISO 4217
     */
    record Fixed(long value, String currency) implements Commission {
        @Override
        public Commission at(long ordinal) {
            return this;
        }

        @Override
        public boolean tiered() {
            return false;
        }
    }

    /** A percentage without tiers. */
    static Commission percent(String percent) {
        return new Percent(new BigDecimal(percent), List.of());
    }
}
