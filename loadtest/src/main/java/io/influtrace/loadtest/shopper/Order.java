package io.influtrace.loadtest.shopper;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One order as its shopper knows it.
 *
 * @param cents its value in US cents
 * @param coupon empty for none
 * @param token of the click before it; empty for none
 * @param creator who must be credited; empty for nobody
 * @param signal by what; empty for nothing
 * @param bornNanos when it was placed, by {@link System#nanoTime()}
 */
public record Order(String id, long cents, String coupon, String token, String creator, String signal, long bornNanos) {

    private static final BigDecimal RATE = new BigDecimal("0.10");
    private static final long NANOS_A_MILLI = 1_000_000;

    /** The creator's commission in cents, by the demo campaign's ten percent. */
    public long commission() {
        return creator.isEmpty()
                ? 0
                : BigDecimal.valueOf(cents)
                        .multiply(RATE)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact();
    }

    /** The same of which nobody must be credited. */
    public Order uncredited() {
        return new Order(id, cents, coupon, token, "", "", bornNanos);
    }

    /** What the pixel sends, with today's age. */
    String beacon() {
        JsonObject body = new JsonObject()
                .put("orderId", id)
                .put("value", BigDecimal.valueOf(cents, 2).toPlainString())
                .put("currency", "USD")
                .put("ageMs", (System.nanoTime() - bornNanos) / NANOS_A_MILLI);
        if (!coupon.isEmpty()) {
            body.put("coupon", coupon);
        }
        if (!token.isEmpty()) {
            body.put("tokens", new JsonArray().add(token));
        }
        return body.encode();
    }
}
