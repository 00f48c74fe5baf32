package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.order.CustomerHash;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's deliveries. A payment is an order under its payment's id, an invoice of a subscription one under its own. Refunds
 * name the payment alone and renewals the subscription alone, so both are told to be other names of the invoice.
 */
record Stripe(CustomerHash customers) implements Platform {

    private static final int SHORT = 64;

    /** Seconds in a time of the year 36,812; its milliseconds still fit. */
    private static final long MAX_SECONDS = 1L << 40;

    @Override
    public String type() {
        return "stripe";
    }

    @Override
    public Optional<Problem> refusal(MultiMap headers, byte[] body, List<String> secrets, long nowMillis) {
        @Nullable String header = headers.get(StripeSignature.HEADER);
        return header == null
                ? Optional.of(Signature.missing(StripeSignature.HEADER))
                : StripeSignature.parse(header).refusal(body, secrets, nowMillis);
    }

    @Override
    public Delivery read(MultiMap headers, byte[] body, Arrival arrival) throws Invalid {
        Body event = Body.parseSigned(body);
        Optional<Body> object = event.object("data").flatMap(data -> data.object("object"));
        if (object.isEmpty()) {
            throw new Invalid("data.object", "an object", "nothing");
        }
        long at = arrival.passed("created", 1_000 * event.whole("created", arrival.at() / 1_000, 0, MAX_SECONDS));
        StripeEvent telling = new StripeEvent(customers, arrival, at, object.get());
        return switch (event.cut("type", SHORT).orElse("")) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" -> telling.session();
            case "invoice.paid" -> telling.invoice();
            case "invoice_payment.paid" -> telling.payment();
            case "charge.refunded" -> telling.refund();
            default -> Delivery.ignored("topic");
        };
    }
}
