package io.influtrace.worker.catalog;

import java.util.Optional;

/**
 * One store.
 *
 * @param type {@code custom}, {@code shopify}, {@code woocommerce}, {@code stripe} or {@code api}
 * @param origin the registered origin in its normal form; custom only
 * @param store the store that several integrations report for; fixed when the integration is made
 * @param consent {@code full}, {@code required} or {@code cookieless}
 * @param status {@code pending}, {@code connected} or {@code disconnected}
 * @param secret as {@link io.influtrace.protocol.config.IntegrationRecord#secret()}, and so {@code previousSecret}
 */
public record Integration(
        String id,
        String type,
        String name,
        Optional<String> origin,
        Optional<String> store,
        String consent,
        String status,
        Optional<String> secret,
        Optional<String> previousSecret) {

    /** One whose secret is not being changed. */
    public Integration(
            String id,
            String type,
            String name,
            Optional<String> origin,
            Optional<String> store,
            String consent,
            String status,
            Optional<String> secret) {
        this(id, type, name, origin, store, consent, status, secret, Optional.empty());
    }

    /** The part of an order's identity that says where. */
    public String scope() {
        return store.orElse(id);
    }

    @Override
    public String toString() {
        return "Integration[id=" + id + ", type=" + type + ", status=" + status + "]";
    }
}
