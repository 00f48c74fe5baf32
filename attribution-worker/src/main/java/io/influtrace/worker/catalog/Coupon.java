package io.influtrace.worker.catalog;

import io.influtrace.protocol.order.CouponCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A discount code mapped to a creator and a link.
 *
 * @param id the code itself, or the code and a number where another integration maps the same code
 * @param activeFrom milliseconds, inclusive
 * @param activeUntil milliseconds, exclusive
 * @param usageLimit credited orders in all
 * @param minimumValue the least value of an order that the code earns on
 * @param retired true where it maps nothing from now on
 */
public record Coupon(
        String id,
        CouponCode code,
        String creator,
        String link,
        List<String> integrations,
        OptionalLong activeFrom,
        OptionalLong activeUntil,
        OptionalLong usageLimit,
        boolean oncePerCustomer,
        Optional<Minimum> minimumValue,
        boolean retired) {

    /** An amount in minor units of a currency (ISO 4217). */
    public record Minimum(long value, String currency) {}

    public Coupon {
        integrations = List.copyOf(integrations);
    }
}
