package io.influtrace.edge.order;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Source;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalLong;

/** The bodies that a store's own server sends, read into reports. */
final class ServerBody {

    private static final long MAX_AHEAD_MS = 5 * 60_000;
    private static final int TOKEN_LENGTH = 64;
    private static final int NAME_LENGTH = 200;
    private static final int SHORT = 64;

    private ServerBody() {}

    static OrderReport conversion(Body body, Receipt receipt, CustomerHash customers) throws Invalid {
        Currency currency = body.currency("currency");
        OrderIdentity identity = identity(body, receipt);
        String orderId = identity.orderId();
        long at = occurredAt(body, receipt);
        return new OrderReport(
                        receipt.integration().id(),
                        identity,
                        Source.API,
                        at,
                        receipt.at(),
                        receipt.integration().status(),
                        body.amount("value", currency),
                        currency.getCurrencyCode(),
                        body.optionalAmount("tax", currency),
                        body.optionalAmount("shipping", currency),
                        body.optionalAmount("discount", currency),
                        BeaconBody.coupons(body, "coupon"),
                        body.texts("click_token", OrderReport.MAX_TOKENS, TOKEN_LENGTH),
                        body.text("ref", NAME_LENGTH),
                        BeaconBody.customer(body, customers),
                        body.text("payment_status", SHORT),
                        BeaconBody.items(body, currency))
                .statedAt(body.time("updated_at", "").orElse(at))
                .renewing(body.has("renews") ? Optional.of(renews(body, orderId)) : Optional.empty());
    }

    private static String renews(Body body, String orderId) throws Invalid {
        String first = body.id("renews", OrderIdentity.MAX_ORDER_ID);
        if (first.equals(orderId)) {
            throw new Invalid("renews", "another order than the one that is reported", first);
        }
        return first;
    }

    static RefundReport refund(Body body, Receipt receipt) throws Invalid {
        boolean cancellation = body.flag("cancellation");
        Optional<String> code = body.text("currency", SHORT);
        OptionalLong value = OptionalLong.empty();
        if (code.isPresent()) {
            value = body.optionalAmount("value", body.currency("currency"));
        } else if (body.has("value")) {
            throw new Invalid("currency", "an ISO 4217 code beside value", "nothing");
        }
        if (cancellation && value.isPresent()) {
            throw new Invalid("value", "absent in a cancellation, which returns all that is left", "an amount");
        }
        return new RefundReport(
                receipt.integration().id(),
                identity(body, receipt),
                Source.API,
                body.id("refund_id", OrderIdentity.MAX_ORDER_ID),
                occurredAt(body, receipt),
                receipt.at(),
                value,
                code.isPresent() ? body.currency("currency").getCurrencyCode() : "",
                cancellation);
    }

    private static OrderIdentity identity(Body body, Receipt receipt) throws Invalid {
        return new OrderIdentity(
                receipt.integration().scope(), body.id("external_transaction_id", OrderIdentity.MAX_ORDER_ID));
    }

    private static long occurredAt(Body body, Receipt receipt) throws Invalid {
        long at = body.time("occurred_at", "").orElse(receipt.at());
        if (at < 0 || at > receipt.at() + MAX_AHEAD_MS) {
            throw new Invalid(
                    "occurred_at",
                    "at most 5 minutes ahead of now and not before 1970",
                    Instant.ofEpochMilli(at).toString());
        }
        return at;
    }
}
