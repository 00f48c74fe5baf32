package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Kind;
import io.influtrace.worker.redis.RedisConnection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What integrations have beside the calls of every resource: their making with a secret, verify, disconnect, near misses. */
final class IntegrationCalls {

    /** Near misses shown; the edge keeps no more. */
    private static final int MOST_SHOWN = 100;

    /** Characters of an id: the prefix, and eight that are drawn. */
    private static final int ID = 12;

    private final CatalogStore store;
    private final IntegrationResource resource;
    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final RandomGenerator random;

    IntegrationCalls(
            CatalogStore store,
            IntegrationResource resource,
            RedisConnection<String> redis,
            Partitions partitions,
            RandomGenerator random) {
        this.store = store;
        this.resource = resource;
        this.redis = redis;
        this.partitions = partitions;
        this.random = random;
    }

    /** Makes one; the answer is the only one that ever shows the secret. */
    CompletionStage<Reply> create(Body body) {
        body.only(resource.fields());
        String secret = SigningSecret.given(body).orElseGet(() -> Secrets.token("its_", random));
        String id = fresh();
        return store.edit(draft -> {
                    Integration plain = resource.parse(body, Optional.empty(), draft);
                    boolean custom = plain.type().equals(IntegrationResource.CUSTOM);
                    Optional<String> kept = custom
                            ? Optional.empty()
                            : Optional.of(plain.type().equals("api") ? Secrets.sha256(secret) : secret);
                    Integration made = draft.put(new Integration(
                            id,
                            plain.type(),
                            plain.name(),
                            plain.origin(),
                            plain.store(),
                            plain.consent(),
                            "pending",
                            kept));
                    JsonObject shown = resource.show(made);
                    return custom ? shown : shown.put("secret", secret);
                })
                .thenCompose(shown -> shown.containsKey("snippet")
                        ? forms(id).thenApply(shown::mergeIn)
                        : CompletableFuture.completedFuture(shown))
                .thenApply(Reply::created);
    }

    /** An id of 48 random bits: it is no secret, and it stands in everything that is kept of each order. */
    private String fresh() {
        String id = Secrets.token("int_", random).substring(0, ID);
        return store.catalog().integration(id).isEmpty() ? id : fresh();
    }

    /** What to paste, following the edge's releases or pinned to the latest. */
    CompletionStage<Reply> snippet(String id) {
        return custom(id).isEmpty()
                ? CompletableFuture.failedFuture(
                        Problem.unknown("Custom integration " + id).refusal())
                : forms(id).thenApply(Reply::ok);
    }

    private CompletionStage<JsonObject> forms(String id) {
        return redis.async()
                .hget(Keys.EDGE_PIXELS, "latest")
                .thenApply(latest -> Snippet.forms(
                        resource.publicUrl(), id, Optional.ofNullable(latest).orElse("")));
    }

    private Optional<Integration> custom(String id) {
        return store.find(Kind.INTEGRATIONS, id)
                .map(timeline -> timeline.now())
                .filter(integration -> integration.type().equals(IntegrationResource.CUSTOM));
    }

    /** Connects it once the pixel was seen on the registered origin; a store without a pixel is taken at its secret. */
    CompletionStage<Reply> verify(String id) {
        Optional<Integration> now = store.find(Kind.INTEGRATIONS, id).map(timeline -> timeline.now());
        if (now.isEmpty()) {
            return CompletableFuture.failedFuture(
                    Problem.unknown("Integration " + id).refusal());
        }
        if (!now.get().type().equals(IntegrationResource.CUSTOM)) {
            return status(id, now.get().origin(), "connected");
        }
        return redis.async()
                .hgetall(Keys.lastSeen(partitions.ofName(id), id))
                .thenCompose(seen ->
                        seen.containsKey("at") && now.get().origin().equals(Optional.ofNullable(seen.get("origin")))
                                ? status(id, now.get().origin(), "connected")
                                : misses(id)
                                        .thenCompose(misses -> CompletableFuture.failedFuture(
                                                unseen(now.get(), seen, misses).refusal())));
    }

    /** Says what was seen instead, in the order of what helps most: another origin, a refused beacon, nothing at all. */
    private static Problem unseen(Integration integration, Map<String, String> seen, JsonArray misses) {
        String expected = integration.origin().orElse("");
        JsonObject facts = new JsonObject().put("expected", expected);
        String detail = "No page of " + expected + " has run the snippet yet. Open one, and call influtrace('debug') on"
                + " its console: it names a Content-Security-Policy or an extension that blocks, and consent that is"
                + " withheld.";
        Optional<JsonObject> strange = misses.stream()
                .map(JsonObject.class::cast)
                .filter(miss -> miss.getString("code", "").equals("origin_mismatch"))
                .findFirst();
        if (strange.isPresent()) {
            String got = strange.get().getString("got", "");
            facts.put("got", got).put("nearMiss", strange.get());
            detail = "The snippet ran on " + got + ", the registered origin is " + expected
                    + ": scheme, host and port must be the same.";
        }
        if (seen.containsKey("at")) {
            String origin = seen.getOrDefault("origin", "");
            facts.put(
                    "seen",
                    new JsonObject()
                            .put("at", Times.text(Long.parseLong(seen.getOrDefault("at", "0"))))
                            .put("origin", origin));
            detail = "The snippet ran on " + origin + ", the registered origin is " + expected + ".";
        }
        return Problem.passing(409, "no_pixel_activity", detail).with(facts);
    }

    /** Ends it: its orders are refused from now on, what was credited stands. */
    CompletionStage<Reply> disconnect(String id) {
        return status(id, Optional.empty(), "disconnected");
    }

    private CompletionStage<Reply> status(String id, Optional<String> seenOrigin, String status) {
        return store.edit(draft -> {
            Integration now = known(draft, id);
            if (seenOrigin.isPresent() && !now.origin().equals(seenOrigin)) {
                throw unseen(now, Map.of(), new JsonArray()).refusal();
            }
            return Reply.ok(resource.show(draft.put(IntegrationResource.with(now, status))));
        });
    }

    private static Integration known(Draft draft, String id) {
        return draft.now(Kind.INTEGRATIONS, id)
                .orElseThrow(() -> Problem.unknown("Integration " + id).refusal());
    }

    /** Beacons that the edge refused, newest first. */
    CompletionStage<Reply> nearMisses(String id) {
        if (store.find(Kind.INTEGRATIONS, id).isEmpty()) {
            return CompletableFuture.failedFuture(
                    Problem.unknown("Integration " + id).refusal());
        }
        return misses(id).thenApply(items -> Reply.ok(new JsonObject().put("items", items)));
    }

    private CompletionStage<JsonArray> misses(String id) {
        return redis.async()
                .lrange(Keys.nearMisses(partitions.ofName(id), id), 0, MOST_SHOWN - 1)
                .thenApply(entries -> {
                    JsonArray items = new JsonArray();
                    for (String entry : entries) {
                        JsonObject item = new JsonObject(entry);
                        items.add(item.put("at", Times.text(item.getLong("at", 0L))));
                    }
                    return items;
                });
    }
}
