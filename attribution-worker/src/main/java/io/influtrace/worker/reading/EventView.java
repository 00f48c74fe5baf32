package io.influtrace.worker.reading;

import io.influtrace.worker.attribution.TouchChange;
import java.util.List;
import java.util.Optional;

/**
 * One event of the attribution log.
 *
 * @param creator the handle; empty for a click without a registered one
 * @param link the slug
 * @param visitor the number in the click's row, in hexadecimal; empty for a code's event or where the row is lost
 * @param at milliseconds: the click's, or the order's for a code's event
 * @param signal {@code link} or {@code coupon}
 * @param status {@code pending}, {@code converted}, {@code expired} or {@code duplicate}
 * @param reason the code of the change; empty while pending
 * @param changedAt milliseconds; 0 while pending
 * @param deadline milliseconds: the end of the window; the order's time for a code's event
 * @param orders identities ({@code scope/orderId}) of the orders that it converted in, or of the one that set it aside
 * @param by the other side of a supersede
 */
public record EventView(
        String id,
        Optional<String> creator,
        String link,
        String campaign,
        Optional<String> visitor,
        long at,
        String signal,
        String status,
        String reason,
        long changedAt,
        long deadline,
        List<String> orders,
        Optional<TouchChange.Other> by) {

    public EventView {
        orders = List.copyOf(orders);
    }
}
