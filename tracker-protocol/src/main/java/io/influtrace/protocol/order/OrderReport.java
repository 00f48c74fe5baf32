package io.influtrace.protocol.order;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An order as one report states it.
 *
 * @param integration who reported
 * @param identity which order it is, whoever reports it
 * @param occurredAt when the order happened, milliseconds: stated by a trusted source, else receipt less the pixel's age
 * @param integrationStatus the integration's status at receipt: {@code connected}, {@code pending}, {@code disconnected}
 * @param value what the shopper paid, minor units
 * @param currency ISO 4217, upper case
 * @param tax minor units within the value, where the store says
 * @param shipping minor units within the value, where the store says
 * @param discount minor units, for the report only
 * @param coupons normalised codes in the store's order
 * @param tokens click tokens, oldest first, unverified
 * @param ref the handle that the page's address carried; never credited by itself
 * @param customer the keyed hash of the email ({@link CustomerHash})
 * @param paymentStatus the store's own word, for the report only
 * @param statedAt when a signed source said all this, milliseconds; absent where it says it of the moment of the order
 * @param renews the id of the first order that this one renews, in the same scope
 */
public record OrderReport(
        String integration,
        OrderIdentity identity,
        Source source,
        long occurredAt,
        long receivedAt,
        String integrationStatus,
        long value,
        String currency,
        OptionalLong tax,
        OptionalLong shipping,
        OptionalLong discount,
        List<CouponCode> coupons,
        List<String> tokens,
        Optional<String> ref,
        Optional<String> customer,
        Optional<String> paymentStatus,
        List<Item> items,
        OptionalLong statedAt,
        Optional<String> renews)
        implements Report {

    /** Tokens in one report: what a pixel keeps, and as many from the same-site cookie. */
    public static final int MAX_TOKENS = 20;

    /** Codes in one report; a store that lists more stacks discounts beyond anything seen. */
    public static final int MAX_COUPONS = 10;

    /** Lines in one report. */
    public static final int MAX_ITEMS = 100;

    public OrderReport {
        coupons = List.copyOf(coupons);
        tokens = List.copyOf(tokens);
        items = List.copyOf(items);
    }

    /** An order that renews none, stated when it happened. */
    public OrderReport(
            String integration,
            OrderIdentity identity,
            Source source,
            long occurredAt,
            long receivedAt,
            String integrationStatus,
            long value,
            String currency,
            OptionalLong tax,
            OptionalLong shipping,
            OptionalLong discount,
            List<CouponCode> coupons,
            List<String> tokens,
            Optional<String> ref,
            Optional<String> customer,
            Optional<String> paymentStatus,
            List<Item> items) {
        this(
                integration,
                identity,
                source,
                occurredAt,
                receivedAt,
                integrationStatus,
                value,
                currency,
                tax,
                shipping,
                discount,
                coupons,
                tokens,
                ref,
                customer,
                paymentStatus,
                items,
                OptionalLong.empty(),
                Optional.empty());
    }

    /** The same, said at an instant of the source's own clock, milliseconds. */
    public OrderReport statedAt(long millis) {
        return with(identity, OptionalLong.of(millis), renews);
    }

    /** The same as a renewal of an order. */
    public OrderReport renewing(Optional<String> firstOrderId) {
        return with(identity, statedAt, firstOrderId);
    }

    /** The same under another identity. */
    public OrderReport under(OrderIdentity other) {
        return with(other, statedAt, renews);
    }

    private OrderReport with(OrderIdentity which, OptionalLong stated, Optional<String> first) {
        return new OrderReport(
                integration,
                which,
                source,
                occurredAt,
                receivedAt,
                integrationStatus,
                value,
                currency,
                tax,
                shipping,
                discount,
                coupons,
                tokens,
                ref,
                customer,
                paymentStatus,
                items,
                stated,
                first);
    }
}
