package io.influtrace.worker.reading;

import java.time.LocalDate;

/**
 * One counter of one UTC day of orders. A row of a kind that a part has no meaning for leaves it empty.
 *
 * @param metric {@code orders}, {@code revenue}, {@code refunded}, {@code assisted}, {@code survey}, {@code commission},
 *     and by product {@code units:PRODUCT} and {@code sales:PRODUCT}, for a creator; for a store's rows the creator is empty and the metric {@code orders.VERDICT} or
 *     {@code revenue.VERDICT}
 * @param value a number, or minor units of {@code currency}
 */
public record DayCount(
        LocalDate day,
        String integration,
        String creator,
        String campaign,
        String link,
        String currency,
        String metric,
        long value) {}
