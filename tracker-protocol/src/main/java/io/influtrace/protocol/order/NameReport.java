package io.influtrace.protocol.order;

/**
 * Another name of an order, under which later reports may come: a payment or a subscription of an invoice, say.
 *
 * @param identity the other name, in the place of an order's id
 * @param orderId the order's own id in the same scope
 */
public record NameReport(String integration, OrderIdentity identity, long receivedAt, String orderId)
        implements Report {}
