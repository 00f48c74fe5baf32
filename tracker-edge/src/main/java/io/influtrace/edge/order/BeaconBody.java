package io.influtrace.edge.order;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.Item;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.order.SurveyReport;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bodies that the pixel sends, read into reports. */
final class BeaconBody {

    private static final long MAX_AGE_MS = 7L * 86_400_000;
    private static final int PIXEL_TOKENS = 10;
    private static final int TOKEN_LENGTH = 64;
    private static final int NAME_LENGTH = 200;
    private static final int SHORT = 64;
    private static final int EMAIL_LENGTH = 320;

    private BeaconBody() {}

    static OrderReport order(Body body, Receipt receipt, CustomerHash customers) throws Invalid {
        String orderId = body.id("orderId", OrderIdentity.MAX_ORDER_ID);
        Currency currency = body.currency("currency");
        return new OrderReport(
                receipt.integration().id(),
                new OrderIdentity(receipt.integration().scope(), orderId),
                Source.PIXEL,
                receipt.at() - age(body),
                receipt.at(),
                receipt.integration().status(),
                body.amount("value", currency),
                currency.getCurrencyCode(),
                body.optionalAmount("tax", currency),
                body.optionalAmount("shipping", currency),
                body.optionalAmount("discount", currency),
                coupons(body, "coupon"),
                tokens(body, receipt),
                receipt.objected() ? Optional.empty() : body.text("ref", NAME_LENGTH),
                customer(body, customers),
                body.text("paymentStatus", SHORT),
                items(body, currency));
    }

    static PingReport ping(Body body, Receipt receipt) throws Invalid {
        return new PingReport(receipt.integration().id(), receipt.at(), tokens(body, receipt));
    }

    static SurveyReport survey(Body body, Receipt receipt) throws Invalid {
        return new SurveyReport(
                receipt.integration().id(),
                new OrderIdentity(receipt.integration().scope(), body.id("orderId", OrderIdentity.MAX_ORDER_ID)),
                receipt.at(),
                body.text("creator", NAME_LENGTH),
                body.text("channel", NAME_LENGTH));
    }

    static List<CouponCode> coupons(Body body, String field) throws Invalid {
        List<CouponCode> codes = new ArrayList<>();
        for (String spelling : body.texts(field, OrderReport.MAX_COUPONS, 4 * CouponCode.MAX_LENGTH)) {
            CouponCode.of(spelling).filter(code -> !codes.contains(code)).ifPresent(codes::add);
        }
        return codes;
    }

    static Optional<String> customer(Body body, CustomerHash customers) throws Invalid {
        Optional<String> email = body.object("customer").isPresent()
                ? body.object("customer").get().text("email", EMAIL_LENGTH)
                : body.text("customer", EMAIL_LENGTH);
        return email.flatMap(customers::hash);
    }

    static List<Item> items(Body body, Currency currency) throws Invalid {
        List<Item> items = new ArrayList<>();
        for (Body line : body.objects("items", OrderReport.MAX_ITEMS)) {
            items.add(new Item(
                    line.text("sku", NAME_LENGTH).orElse(""),
                    line.text("name", NAME_LENGTH).orElse(""),
                    (int) line.whole("quantity", 1, 1, 1_000_000),
                    line.optionalAmount("price", currency).orElse(0),
                    line.text("collection", NAME_LENGTH).orElse("")));
        }
        return items;
    }

    // What a page states of its own clock is never trusted beyond what its outbox can hold.
    private static long age(Body body) throws Invalid {
        return Math.min(MAX_AGE_MS, Math.max(0, body.whole("ageMs", 0, Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    // A token that is none is passed on for the worker to say so: an order is never lost for it.
    private static List<String> tokens(Body body, Receipt receipt) throws Invalid {
        List<String> kept = body.texts("tokens", 4 * PIXEL_TOKENS, TOKEN_LENGTH);
        if (receipt.objected()) {
            return List.of();
        }
        Set<String> tokens = new LinkedHashSet<>(kept.subList(Math.max(0, kept.size() - PIXEL_TOKENS), kept.size()));
        tokens.addAll(receipt.cookieTokens());
        return tokens.stream().limit(OrderReport.MAX_TOKENS).toList();
    }
}
