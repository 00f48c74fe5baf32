package io.influtrace.worker.attribution;

import java.util.List;
import java.util.Optional;

/**
 * One code of the order and what it was worth at the order's time.
 *
 * @param code in its normal spelling
 * @param mapping who it was mapped to; empty unless {@code standing} says that it was mapped
 * @param own true where the mapping's creator is the buyer
 * @param nearest mapped codes one edit away, where this one is unknown
 */
public record CouponFacts(
        String code, Standing standing, Optional<Mapping> mapping, boolean own, List<String> nearest) {

    public CouponFacts {
        nearest = List.copyOf(nearest);
    }

    /** Whom and what a code credits. */
    public record Mapping(String creator, String link, String campaign) {}

    /** Whether a code may earn on this order. */
    public enum Standing {
        MAPPED,
        INTEGRATION_DISABLED,
        OUTSIDE_DATES,
        LIMIT_REACHED,
        BELOW_MINIMUM,
        UNKNOWN
    }
}
