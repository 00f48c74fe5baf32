package io.influtrace.worker.attribution;

/**
 * The order as it is judged.
 *
 * @param integration the reporting integration
 * @param integrationStatus its status at receipt: {@code connected}, {@code pending} or {@code disconnected}
 * @param occurredAt milliseconds since the epoch
 * @param value minor units of {@code currency} (ISO 4217), as are tax and shipping
 */
public record OrderFacts(
        String integration,
        String orderId,
        String integrationStatus,
        long occurredAt,
        long value,
        String currency,
        long tax,
        long shipping) {

    /** The same order with amended amounts; who earns it stands. */
    public OrderFacts amended(long newValue, String newCurrency, long newTax, long newShipping) {
        return new OrderFacts(
                integration, orderId, integrationStatus, occurredAt, newValue, newCurrency, newTax, newShipping);
    }
}
