package io.influtrace.worker.admin;

import io.influtrace.protocol.config.Origin;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Kind;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Integrations: {@code type, origin, name, store, consent, signingSecret, rotating}; the id and status are ours. Making one is
 * {@link IntegrationCalls}'.
 */
record IntegrationResource(String publicUrl) implements Resource<Integration> {

    static final String CUSTOM = "custom";

    private static final Map<String, String> TYPES = words(CUSTOM, "shopify", "woocommerce", "stripe", "api");
    private static final Map<String, String> CONSENT = words("full", "required", "cookieless");

    private static Map<String, String> words(String... words) {
        return Stream.of(words)
                .collect(Collectors.toMap(Function.identity(), Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    @Override
    public Kind<Integration> kind() {
        return Kind.INTEGRATIONS;
    }

    @Override
    public String keyField() {
        return "id";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "id",
                "type",
                "origin",
                "name",
                "store",
                "consent",
                "status",
                "snippet",
                "secret",
                SigningSecret.FIELD,
                SigningSecret.ROTATING);
    }

    @Override
    public Integration parse(Body body, Optional<Integration> known, Draft draft) {
        String type = body.word("type", "", TYPES);
        Optional<String> store = body.optional("store", 64);
        if (store.isPresent() && !Names.ID.matcher(store.get()).matches()) {
            throw body.invalid("store", Names.ID_WORDS);
        }
        known.ifPresent(before -> {
            fixed(body, "type", List.of(before.type()).equals(List.of(type)));
            fixed(body, "store", before.store().equals(store));
            fixed(body, "secret", !body.has("secret"));
            SigningSecret.check(body, before);
            if (!body.text("status", 64).equals(before.status())) {
                throw body.invalid("status", "changes by verify and disconnect alone");
            }
        });
        Optional<String> origin = origin(body, type);
        String id = known.map(Integration::id).orElse("");
        boolean moved = known.isPresent() && !known.get().origin().equals(origin);
        String status = known.map(Integration::status).orElse("pending");
        return new Integration(
                id,
                type,
                body.optional("name", Names.NAME_LENGTH).orElse(type),
                origin,
                store,
                body.word("consent", "full", CONSENT),
                moved && status.equals("connected") ? "pending" : status,
                known.flatMap(before -> SigningSecret.present(body, before)),
                known.flatMap(before -> SigningSecret.previous(body, before)));
    }

    private static void fixed(Body body, String field, boolean same) {
        if (!same) {
            throw body.invalid(field, "is fixed when the integration is made");
        }
    }

    private static Optional<String> origin(Body body, String type) {
        if (!type.equals(CUSTOM)) {
            if (body.has("origin")) {
                throw body.invalid("origin", "belongs to custom integrations alone");
            }
            return Optional.empty();
        }
        return Optional.of(Origin.parse(body.text("origin", 300))
                .orElseThrow(() -> body.invalid(
                        "origin", "must be http or https, host and port alone, such as https://shop.example.com"))
                .text());
    }

    @Override
    public Integration put(Draft draft, Integration value) {
        return draft.put(value);
    }

    static Integration with(Integration now, String status) {
        return new Integration(
                now.id(),
                now.type(),
                now.name(),
                now.origin(),
                now.store(),
                now.consent(),
                status,
                now.secret(),
                now.previousSecret());
    }

    @Override
    public Integration retired(Integration now) {
        return with(now, "disconnected");
    }

    @Override
    public JsonObject show(Integration integration) {
        JsonObject shown = new JsonObject()
                .put("id", integration.id())
                .put("type", integration.type())
                .put("name", integration.name());
        Shown.optional(shown, "origin", integration.origin());
        Shown.optional(shown, "store", integration.store());
        shown.put("consent", integration.consent()).put("status", integration.status());
        if (SigningSecret.of(integration.type())) {
            shown.put(SigningSecret.ROTATING, integration.previousSecret().isPresent());
        }
        if (integration.type().equals(CUSTOM)) {
            shown.put("snippet", Snippet.of(publicUrl, integration.id()));
        }
        return shown;
    }
}
