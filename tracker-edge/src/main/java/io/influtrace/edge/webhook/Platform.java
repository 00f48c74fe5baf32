package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.http.Problem;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/** A platform's way of signing its deliveries and of telling about orders. Confined to its event loop. */
sealed interface Platform permits Shopify, WooCommerce, Stripe {

    /** The integration's type, and the word of metrics and paths. */
    String type();

    /** Why a delivery is not the platform's own; empty where its signature holds under one of the secrets. */
    Optional<Problem> refusal(MultiMap headers, byte[] body, List<String> secrets, long nowMillis);

    /** What a signed delivery says. */
    Delivery read(MultiMap headers, byte[] body, Arrival arrival) throws Invalid;

    /** True for what a platform sends without a signature to see whether anybody is there. */
    default boolean greets(MultiMap headers, byte[] body) {
        return false;
    }
}
