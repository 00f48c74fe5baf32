package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.Item;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Source;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shopify's deliveries. An order is known by its numeric {@code id}, the only name that a refund bears as well. Amounts are
 * those that the shopper saw, in the currency of the checkout, for refunds come in that one.
 */
record Shopify(CustomerHash customers) implements Platform {

    private static final String SIGNATURE = "X-Shopify-Hmac-Sha256";
    private static final String CANCELLED = "cancelled";
    private static final Set<String> FAILED = Set.of("failure", "error");
    private static final int MAX_LINES = 100;
    private static final int EMAIL = 320;
    private static final int SHORT = 64;
    private static final int LONG = 2_048;

    @Override
    public String type() {
        return "shopify";
    }

    @Override
    public Optional<Problem> refusal(MultiMap headers, byte[] body, List<String> secrets, long nowMillis) {
        @Nullable String claimed = headers.get(SIGNATURE);
        if (claimed == null) {
            return Optional.of(Signature.missing(SIGNATURE));
        }
        return Signature.holds(secrets, Signature.base64(claimed), body)
                ? Optional.empty()
                : Optional.of(Signature.wrong());
    }

    @Override
    public Delivery read(MultiMap headers, byte[] body, Arrival arrival) throws Invalid {
        @Nullable String topic = headers.get("X-Shopify-Topic");
        return switch (String.valueOf(topic).toLowerCase(Locale.ROOT)) {
            case "orders/create", "orders/paid" -> Delivery.of(List.of(order(Body.parseSigned(body), arrival)));
            case "orders/cancelled" -> Delivery.of(List.of(cancellation(Body.parseSigned(body), arrival)));
            case "refunds/create" -> refund(Body.parseSigned(body), arrival);
            default -> Delivery.ignored("topic");
        };
    }

    private OrderReport order(Body order, Arrival arrival) throws Invalid {
        OrderIdentity identity = arrival.identity(order.id("id", OrderIdentity.MAX_ORDER_ID));
        Currency currency = currency(order);
        Signals signals = signals(order);
        OptionalLong value = amount(order, "total_price", currency);
        if (value.isEmpty()) {
            throw new Invalid("total_price", "an amount", "nothing");
        }
        long at = arrival.happened("created_at", order.time("created_at", "").orElse(arrival.at()));
        return new OrderReport(
                        arrival.integration().id(),
                        identity,
                        Source.WEBHOOK,
                        at,
                        arrival.at(),
                        arrival.integration().status(),
                        value.getAsLong(),
                        currency.getCurrencyCode(),
                        amount(order, "total_tax", currency),
                        shipping(order, currency),
                        amount(order, "total_discounts", currency),
                        signals.codes(),
                        signals.tokens(),
                        signals.ref(),
                        customer(order),
                        order.cut("financial_status", SHORT),
                        items(order, currency))
                .statedAt(order.time("updated_at", "").orElse(at))
                .renewing(signals.renews());
    }

    private static Currency currency(Body order) throws Invalid {
        Optional<Body> paid = order.object("total_price_set").flatMap(set -> set.object("presentment_money"));
        return paid.isPresent() ? paid.get().currency("currency_code") : order.currency("currency");
    }

    /** An amount as the shopper saw it; orders of a shop with one currency may state it only once. */
    private static OptionalLong amount(Body of, String name, Currency currency) throws Invalid {
        Optional<Body> seen = of.object(name + "_set").flatMap(set -> set.object("presentment_money"));
        return seen.isPresent() ? seen.get().optionalAmount("amount", currency) : of.optionalAmount(name, currency);
    }

    /** What shipping cost in the end, without the tax that is named as tax already. */
    private static OptionalLong shipping(Body order, Currency currency) throws Invalid {
        List<Body> lines = order.some("shipping_lines", MAX_LINES);
        if (lines.isEmpty()) {
            return amount(order, "total_shipping_price", currency);
        }
        boolean taxWithin = order.flag("taxes_included");
        long sum = 0;
        for (Body line : lines) {
            sum += amount(line, "price", currency).orElse(0);
            sum -= sum(line, "discount_allocations", "amount", currency);
            sum -= taxWithin ? sum(line, "tax_lines", "price", currency) : 0;
        }
        return OptionalLong.of(Math.max(0, sum));
    }

    private static long sum(Body of, String list, String name, Currency currency) throws Invalid {
        long sum = 0;
        for (Body each : of.some(list, MAX_LINES)) {
            sum += amount(each, name, currency).orElse(0);
        }
        return sum;
    }

    private static Signals signals(Body order) {
        Signals signals = new Signals();
        order.cut("landing_site", LONG).ifPresent(signals::address);
        for (Body attribute : order.some("note_attributes", MAX_LINES)) {
            Optional<String> value = attribute.cut("value", LONG);
            attribute.cut("name", SHORT).ifPresent(name -> value.ifPresent(text -> signals.named(name, text)));
        }
        order.some("discount_codes", OrderReport.MAX_COUPONS)
                .forEach(code -> code.cut("code", LONG).ifPresent(signals::code));
        return signals;
    }

    private Optional<String> customer(Body order) {
        return order.cut("email", EMAIL)
                .or(() -> order.cut("contact_email", EMAIL))
                .or(() -> order.object("customer").flatMap(customer -> customer.cut("email", EMAIL)))
                .flatMap(customers::hash);
    }

    private static List<Item> items(Body order, Currency currency) {
        List<Item> items = new ArrayList<>();
        for (Body line : order.some("line_items", OrderReport.MAX_ITEMS)) {
            items.add(Lines.item(
                    line.cut("sku", Lines.TEXT),
                    line.cut("title", Lines.TEXT).or(() -> line.cut("name", Lines.TEXT)),
                    line.decimal("quantity"),
                    line.object("price_set")
                            .flatMap(set -> set.object("presentment_money"))
                            .flatMap(money -> money.decimal("amount"))
                            .or(() -> line.decimal("price")),
                    currency));
        }
        return items;
    }

    private static RefundReport cancellation(Body order, Arrival arrival) throws Invalid {
        long at = order.time("cancelled_at", "").orElse(arrival.at());
        return new RefundReport(
                arrival.integration().id(),
                arrival.identity(order.id("id", OrderIdentity.MAX_ORDER_ID)),
                Source.WEBHOOK,
                CANCELLED,
                arrival.passed("cancelled_at", at),
                arrival.at(),
                OptionalLong.empty(),
                "",
                true);
    }

    /** What went back is what its payments say; goods that come back for nothing are no refund. */
    private static Delivery refund(Body refund, Arrival arrival) throws Invalid {
        OrderIdentity identity = arrival.identity(refund.id("order_id", OrderIdentity.MAX_ORDER_ID));
        String refundId = refund.id("id", OrderIdentity.MAX_ORDER_ID);
        long sum = 0;
        Optional<Currency> currency = Optional.empty();
        for (Body payment : refund.some("transactions", MAX_LINES)) {
            boolean back = payment.cut("kind", SHORT).orElse("refund").equals("refund")
                    && !FAILED.contains(payment.cut("status", SHORT).orElse(""));
            if (back) {
                currency = Optional.of(payment.currency("currency"));
                sum += payment.amount("amount", currency.get());
            }
        }
        if (currency.isEmpty() || sum == 0) {
            return Delivery.ignored("no_money");
        }
        long at = refund.time("processed_at", "")
                .orElse(refund.time("created_at", "").orElse(arrival.at()));
        return Delivery.of(List.of(new RefundReport(
                arrival.integration().id(),
                identity,
                Source.WEBHOOK,
                refundId,
                arrival.passed("processed_at", at),
                arrival.at(),
                OptionalLong.of(sum),
                currency.get().getCurrencyCode(),
                false)));
    }
}
