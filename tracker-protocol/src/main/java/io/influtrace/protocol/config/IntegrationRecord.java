package io.influtrace.protocol.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An integration as an edge needs it.
 *
 * @param type {@code custom}, {@code shopify}, {@code woocommerce}, {@code stripe} or {@code api}
 * @param origin the registered origin in its normal form (lower case, punycode, no default port); custom only
 * @param status {@code pending}, {@code connected} or {@code disconnected}
 * @param consent {@code full}, {@code required} or {@code cookieless}
 * @param store the store that several integrations report for; fixed when the integration is made
 * @param secret what signs webhooks, or the SHA-256 (hex) of the bearer secret; never logged
 * @param previousSecret what signed webhooks before, and still may, while the secret is being changed
 */
public record IntegrationRecord(
        String id,
        String type,
        Optional<String> origin,
        String status,
        String consent,
        Optional<String> store,
        Optional<String> secret,
        Optional<String> previousSecret) {

    /** One whose secret is not being changed. */
    public IntegrationRecord(
            String id,
            String type,
            Optional<String> origin,
            String status,
            String consent,
            Optional<String> store,
            Optional<String> secret) {
        this(id, type, origin, status, consent, store, secret, Optional.empty());
    }

    /** Every secret that a delivery may be signed with, the present one first. */
    public List<String> secrets() {
        return Stream.concat(secret.stream(), previousSecret.stream()).toList();
    }

    /** The part of an order's identity that says where: the store, else this integration. */
    public String scope() {
        return store.orElse(id);
    }

    /** The record as it lies in Redis. */
    public String write() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("type", type);
        fields.put("origin", origin.orElse(""));
        fields.put("status", status);
        fields.put("consent", consent);
        fields.put("store", store.orElse(""));
        fields.put("secret", secret.orElse(""));
        fields.put("previousSecret", previousSecret.orElse(""));
        return FieldText.write(fields);
    }

    /** Reads {@link #write()}; a missing field is an {@link IllegalArgumentException}. */
    public static IntegrationRecord read(String text) {
        Fields fields = Fields.of(text);
        return new IntegrationRecord(
                fields.text("id"),
                fields.text("type"),
                fields.optional("origin"),
                fields.text("status"),
                fields.text("consent"),
                fields.optional("store"),
                fields.optional("secret"),
                fields.optional("previousSecret"));
    }

    @Override
    public String toString() {
        return "IntegrationRecord[id=" + id + ", type=" + type + ", status=" + status + "]";
    }
}
