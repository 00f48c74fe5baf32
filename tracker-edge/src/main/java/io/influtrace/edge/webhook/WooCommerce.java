package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.Item;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.Source;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * WooCommerce's deliveries. Each is the whole order with all its refunds, so each is told again whole. An order counts once
 * it is placed; one whose payment is still awaited on a payment page, or failed there, is none yet.
 */
record WooCommerce(CustomerHash customers) implements Platform {

    private static final String SIGNATURE = "X-WC-Webhook-Signature";
    private static final Set<String> PLACED = Set.of("on-hold", "processing", "completed", "refunded");
    private static final Set<String> CALLED_OFF = Set.of("cancelled", "refunded");
    private static final Pattern GREETING = Pattern.compile("webhook_id=[0-9]{1,20}");
    private static final String UTC = "Z";

    /** As many as an order's record keeps. */
    private static final int MAX_REFUNDS = 200;

    private static final int MAX_LINES = 200;
    private static final int EMAIL = 320;
    private static final int SHORT = 64;
    private static final int LONG = 2_048;

    @Override
    public String type() {
        return "woocommerce";
    }

    @Override
    public boolean greets(MultiMap headers, byte[] body) {
        return !headers.contains(SIGNATURE)
                && body.length < SHORT
                && GREETING.matcher(new String(body, StandardCharsets.ISO_8859_1))
                        .matches();
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
        @Nullable String topic = headers.get("X-WC-Webhook-Topic");
        return switch (String.valueOf(topic).toLowerCase(Locale.ROOT)) {
            case "order.created", "order.updated" -> order(Body.parseSigned(body), arrival);
            case "subscription.created", "subscription.updated" -> subscription(Body.parseSigned(body), arrival);
            default -> Delivery.ignored("topic");
        };
    }

    private Delivery order(Body order, Arrival arrival) throws Invalid {
        String status = order.cut("status", SHORT).orElse("");
        List<Report> reports = new ArrayList<>();
        if (PLACED.contains(status)) {
            reports.add(report(order, arrival));
        }
        long changed = order.time("date_modified_gmt", UTC).orElse(arrival.at());
        OrderIdentity identity = arrival.identity(order.id("id", OrderIdentity.MAX_ORDER_ID));
        Currency currency = order.currency("currency");
        for (Body refund : order.objects("refunds", MAX_REFUNDS)) {
            OptionalLong value = refund.magnitude("total", currency);
            if (value.orElse(0) > 0) {
                reports.add(refund(
                        arrival,
                        identity,
                        refund.id("id", OrderIdentity.MAX_ORDER_ID),
                        changed,
                        value,
                        currency.getCurrencyCode()));
            }
        }
        if (CALLED_OFF.contains(status)) {
            reports.add(refund(arrival, identity, "cancelled", changed, OptionalLong.empty(), ""));
        }
        return reports.isEmpty() ? Delivery.ignored("not_placed") : Delivery.of(reports);
    }

    private static RefundReport refund(
            Arrival arrival, OrderIdentity order, String id, long at, OptionalLong value, String currency)
            throws Invalid {
        return new RefundReport(
                arrival.integration().id(),
                order,
                Source.WEBHOOK,
                id,
                arrival.passed("date_modified_gmt", at),
                arrival.at(),
                value,
                currency,
                value.isEmpty());
    }

    private OrderReport report(Body order, Arrival arrival) throws Invalid {
        Currency currency = order.currency("currency");
        Signals signals = signals(order);
        long at = arrival.happened(
                "date_created_gmt", order.time("date_created_gmt", UTC).orElse(arrival.at()));
        return new OrderReport(
                        arrival.integration().id(),
                        arrival.identity(order.id("id", OrderIdentity.MAX_ORDER_ID)),
                        Source.WEBHOOK,
                        at,
                        arrival.at(),
                        arrival.integration().status(),
                        order.amount("total", currency),
                        currency.getCurrencyCode(),
                        order.optionalAmount("total_tax", currency),
                        order.optionalAmount("shipping_total", currency),
                        order.optionalAmount("discount_total", currency),
                        signals.codes(),
                        signals.tokens(),
                        signals.ref(),
                        order.object("billing")
                                .flatMap(billing -> billing.cut("email", EMAIL))
                                .flatMap(customers::hash),
                        order.cut("status", SHORT),
                        items(order, currency))
                .statedAt(order.time("date_modified_gmt", UTC).orElse(at))
                .renewing(signals.renews());
    }

    /** The plugin for subscriptions names the subscription on each renewal, and the first order on the subscription. */
    private static Delivery subscription(Body subscription, Arrival arrival) throws Invalid {
        Optional<String> first = subscription.cut("parent_id", SHORT).filter(id -> !id.equals("0"));
        if (first.isEmpty()) {
            return Delivery.ignored("no_first_order");
        }
        OrderIdentity name = arrival.identity(subscription.id("id", OrderIdentity.MAX_ORDER_ID));
        return Delivery.of(List.of(new NameReport(arrival.integration().id(), name, arrival.at(), first.get())));
    }

    private static Signals signals(Body order) {
        Signals signals = new Signals();
        for (Body meta : order.some("meta_data", MAX_LINES)) {
            String value = meta.cut("value", LONG).orElse("");
            switch (meta.cut("key", SHORT).orElse("")) {
                case "_wc_order_attribution_session_entry" -> signals.address(value);
                case "_subscription_renewal" -> signals.named("renews", value);
                default -> signals.named(meta.cut("key", SHORT).orElse(""), value);
            }
        }
        order.some("coupon_lines", OrderReport.MAX_COUPONS)
                .forEach(line -> line.cut("code", LONG).ifPresent(signals::code));
        return signals;
    }

    private static List<Item> items(Body order, Currency currency) {
        List<Item> items = new ArrayList<>();
        for (Body line : order.some("line_items", OrderReport.MAX_ITEMS)) {
            items.add(Lines.item(
                    line.cut("sku", Lines.TEXT),
                    line.cut("name", Lines.TEXT),
                    line.decimal("quantity"),
                    line.decimal("price"),
                    currency));
        }
        return items;
    }
}
