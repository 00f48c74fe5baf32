package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.Source;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event of Stripe's, about one object. Of an id that Stripe gives as a text or as the whole object, the id is taken.
 *
 * @param at when it happened, milliseconds
 */
record StripeEvent(CustomerHash customers, Arrival arrival, long at, Body object) {

    private static final int ID = OrderIdentity.MAX_ORDER_ID;
    private static final int SHORT = 64;
    private static final int LONG = 512;
    private static final int EMAIL = 320;
    private static final int MAX_LIST = 20;

    /** A checkout that ended. One that is still unpaid is told again when the money came. */
    Delivery session() throws Invalid {
        String mode = object.cut("mode", SHORT).orElse("payment");
        if (mode.equals("setup")
                || object.cut("payment_status", SHORT).orElse("").equals("unpaid")) {
            return Delivery.ignored("not_paid");
        }
        Optional<String> subscription = id(object, "subscription");
        String orderId = (mode.equals("subscription")
                        ? id(object, "invoice").or(() -> subscription)
                        : id("payment_intent"))
                .orElse(object.id("id", ID));
        Currency currency = object.currency("currency");
        StripeAmounts amounts = new StripeAmounts(currency);
        Optional<Body> totals = object.object("total_details");
        Signals signals = signals(object);
        object.cut("client_reference_id", LONG).ifPresent(signals::perhaps);
        OrderReport order = order(
                orderId,
                amounts.of(object, "amount_total"),
                currency,
                totals.isPresent() ? amounts.ifThere(totals.get(), "amount_tax") : OptionalLong.empty(),
                totals.isPresent() ? amounts.ifThere(totals.get(), "amount_shipping") : OptionalLong.empty(),
                object.object("customer_details")
                        .flatMap(customer -> customer.cut("email", EMAIL))
                        .or(() -> object.cut("customer_email", EMAIL)),
                signals);
        return told(order, subscription.stream().toList());
    }

    /** An invoice of a subscription: the first is an order, every later one renews it. Any other belongs to a checkout. */
    Delivery invoice() throws Invalid {
        Optional<Body> details = object.object("parent")
                .flatMap(parent -> parent.object("subscription_details"))
                .or(() -> object.object("subscription_details"));
        Optional<String> subscription =
                details.flatMap(inner -> id(inner, "subscription")).or(() -> id("subscription"));
        if (subscription.isEmpty()) {
            return Delivery.ignored("not_a_subscription");
        }
        Currency currency = object.currency("currency");
        StripeAmounts amounts = new StripeAmounts(currency);
        Optional<Body> shipping = object.object("shipping_cost");
        Signals signals = signals(object);
        details.ifPresent(inner -> metadata(inner, signals));
        OrderReport order = order(
                object.id("id", ID),
                amounts.of(object, "amount_paid"),
                currency,
                tax(amounts),
                shipping.isPresent() ? amounts.ifThere(shipping.get(), "amount_total") : OptionalLong.empty(),
                object.cut("customer_email", EMAIL),
                signals);
        boolean first = object.cut("billing_reason", SHORT).orElse("").equals("subscription_create");
        List<String> names = new ArrayList<>();
        id("payment_intent").ifPresent(names::add);
        if (first) {
            names.addAll(subscription.stream().toList());
        }
        return told(first ? order : order.renewing(subscription), names);
    }

    /** Which payment paid an invoice, where the invoice itself does not say. */
    Delivery payment() throws Invalid {
        Optional<String> payment = object.object("payment").flatMap(inner -> id(inner, "payment_intent"));
        Optional<String> invoice = id("invoice");
        return payment.isEmpty() || invoice.isEmpty()
                ? Delivery.ignored("not_a_payment")
                : Delivery.of(List.of(name(payment.get(), invoice.get())));
    }

    /** All that went back of a payment so far; Stripe states the sum, however many refunds it took. */
    Delivery refund() throws Invalid {
        Optional<String> payment = id("payment_intent");
        if (payment.isEmpty()) {
            return Delivery.ignored("not_a_payment");
        }
        Currency currency = object.currency("currency");
        return Delivery.of(List.of(new RefundReport(
                arrival.integration().id(),
                arrival.identity(payment.get()),
                Source.WEBHOOK,
                object.id("id", ID),
                at,
                arrival.at(),
                OptionalLong.of(new StripeAmounts(currency).of(object, "amount_refunded")),
                currency.getCurrencyCode(),
                false,
                true)));
    }

    private Delivery told(OrderReport order, List<String> names) {
        String orderId = order.identity().orderId();
        List<Report> reports = new ArrayList<>(List.of(order));
        names.stream().filter(name -> !name.equals(orderId)).forEach(name -> reports.add(name(name, orderId)));
        return Delivery.of(reports);
    }

    private NameReport name(String name, String orderId) {
        return new NameReport(arrival.integration().id(), arrival.identity(name), arrival.at(), orderId);
    }

    private OrderReport order(
            String orderId,
            long value,
            Currency currency,
            OptionalLong tax,
            OptionalLong shipping,
            Optional<String> email,
            Signals signals)
            throws Invalid {
        long happened = arrival.happened("created", at);
        return new OrderReport(
                        arrival.integration().id(),
                        arrival.identity(orderId),
                        Source.WEBHOOK,
                        happened,
                        arrival.at(),
                        arrival.integration().status(),
                        value,
                        currency.getCurrencyCode(),
                        tax,
                        shipping,
                        OptionalLong.empty(),
                        signals.codes(),
                        signals.tokens(),
                        signals.ref(),
                        email.flatMap(customers::hash),
                        Optional.of("paid"),
                        List.of())
                .renewing(signals.renews());
    }

    /** What newer and older versions of the API call an invoice's tax. */
    private OptionalLong tax(StripeAmounts amounts) throws Invalid {
        if (object.has("tax")) {
            return amounts.ifThere(object, "tax");
        }
        List<Body> taxes = object.some("total_taxes", MAX_LIST);
        if (taxes.isEmpty()) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (Body each : taxes) {
            sum += amounts.of(each, "amount");
        }
        return OptionalLong.of(sum);
    }

    /** The merchant's own keys first, then the codes: a promotion code's id or, expanded, its text; else the coupon's id. */
    private static Signals signals(Body object) {
        Signals signals = new Signals();
        metadata(object, signals);
        for (Body discount : object.some("discounts", MAX_LIST)) {
            discount.object("promotion_code")
                    .flatMap(code -> code.cut("code", LONG))
                    .or(() -> discount.cut("promotion_code", LONG))
                    .or(() -> id(discount, "coupon"))
                    .ifPresent(signals::code);
        }
        return signals;
    }

    private static void metadata(Body of, Signals signals) {
        of.object("metadata").ifPresent(metadata -> {
            for (String key : List.of("itc", "ref", "coupon", "renews")) {
                metadata.cut(key, LONG).ifPresent(value -> signals.named(key, value));
            }
        });
    }

    private Optional<String> id(String name) {
        return id(object, name);
    }

    private static Optional<String> id(Body of, String name) {
        return of.object(name).flatMap(whole -> whole.cut("id", ID)).or(() -> of.cut(name, ID));
    }
}
