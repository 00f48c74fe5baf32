package io.influtrace.protocol.order;

import java.util.OptionalLong;

/**
 * Money that went back, or an order called off.
 *
 * @param refundId the store's id of the refund, unique within the order
 * @param occurredAt milliseconds since the epoch
 * @param value minor units; absent means all that is left, as for a cancellation
 * @param currency ISO 4217, or empty for the order's own
 * @param cancellation true where the whole order was called off
 * @param running true where the value is the sum of all that went back under this id so far, not one refund more
 */
public record RefundReport(
        String integration,
        OrderIdentity identity,
        Source source,
        String refundId,
        long occurredAt,
        long receivedAt,
        OptionalLong value,
        String currency,
        boolean cancellation,
        boolean running)
        implements Report {

    /** One refund by itself. */
    public RefundReport(
            String integration,
            OrderIdentity identity,
            Source source,
            String refundId,
            long occurredAt,
            long receivedAt,
            OptionalLong value,
            String currency,
            boolean cancellation) {
        this(integration, identity, source, refundId, occurredAt, receivedAt, value, currency, cancellation, false);
    }

    /** The same under another identity. */
    public RefundReport under(OrderIdentity other) {
        return new RefundReport(
                integration, other, source, refundId, occurredAt, receivedAt, value, currency, cancellation, running);
    }
}
