package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Kind;
import io.influtrace.worker.redis.RedisConnection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Bearer tokens: kept as SHA-256 in one hash, so that a stolen backup opens nothing, and looked up by it, so that the
 * time of a look-up tells nothing of a token. The one of the settings holds as long as it is set and is kept nowhere.
 */
final class Tokens {

    static final String KEY = "{cfg}tokens";

    private static final Set<String> FIELDS = Set.of("role", "creator", "name");
    private static final int MAX_TOKEN = 256;

    /** Characters of a digest that name a token in lists and paths. */
    private static final int ID_LENGTH = 16;

    private final RedisConnection<String> redis;
    private final CatalogStore store;
    private final RandomGenerator random;
    private final Optional<String> settingDigest;

    Tokens(RedisConnection<String> redis, CatalogStore store, RandomGenerator random, Optional<String> setting) {
        this.redis = redis;
        this.store = store;
        this.random = random;
        this.settingDigest = setting.map(Secrets::sha256);
    }

    /** Whose token this is; empty where it is nobody's. */
    CompletionStage<Optional<Caller>> caller(String token) {
        if (token.isEmpty() || token.length() > MAX_TOKEN) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String digest = Secrets.sha256(token);
        if (settingDigest.isPresent() && MessageDigest.isEqual(bytes(digest), bytes(settingDigest.get()))) {
            return CompletableFuture.completedFuture(Optional.of(Caller.FIRST_ADMIN));
        }
        return redis.async()
                .hget(KEY, digest)
                .thenApply(text -> Optional.ofNullable(text).map(Caller::parse));
    }

    /** Keeps a token; one that is kept already stays as it is. */
    CompletionStage<Boolean> keep(String token, Caller caller) {
        return redis.async().hsetnx(KEY, Secrets.sha256(token), caller.text());
    }

    /** True where some admin's token is kept. */
    CompletionStage<Boolean> anyAdmin() {
        return redis.async()
                .hgetall(KEY)
                .thenApply(all -> all.values().stream()
                        .anyMatch(text -> Caller.parse(text).role() == Role.ADMIN));
    }

    CompletionStage<Reply> create(Body body) {
        body.only(FIELDS);
        Role role = body.word("role", "", Map.of("admin", Role.ADMIN, "member", Role.MEMBER, "creator", Role.CREATOR));
        Optional<String> creator = body.optional("creator", 64);
        boolean known = creator.map(handle -> store.find(Kind.CREATORS, handle).isPresent())
                .orElse(true);
        if (!known || creator.isPresent() != (role == Role.CREATOR)) {
            throw body.invalid("creator", "is the handle of a known creator, for the role creator alone");
        }
        Caller caller = new Caller(
                role, creator, body.optional("name", Names.NAME_LENGTH).orElse(role.word()));
        String token = Secrets.token("itt_", random);
        return keep(token, caller)
                .thenApply(kept ->
                        Reply.created(shown(Secrets.sha256(token), caller).put("token", token)));
    }

    CompletionStage<Reply> list() {
        return redis.async().hgetall(KEY).thenApply(all -> {
            JsonArray items = new JsonArray();
            new TreeMap<>(all).forEach((digest, text) -> items.add(shown(digest, Caller.parse(text))));
            return Reply.ok(new JsonObject().put("items", items));
        });
    }

    CompletionStage<Reply> revoke(String id) {
        return redis.async()
                .hgetall(KEY)
                .thenCompose(all -> all.keySet().stream()
                        .filter(digest -> id.length() == ID_LENGTH && digest.startsWith(id))
                        .findFirst()
                        .<CompletionStage<Reply>>map(digest -> redis.async()
                                .hdel(KEY, digest)
                                .thenApply(gone -> Reply.ok(shown(digest, Caller.parse(all.getOrDefault(digest, ""))))))
                        .orElseGet(() -> CompletableFuture.failedFuture(
                                Problem.unknown("Token " + id).refusal())));
    }

    private static JsonObject shown(String digest, Caller caller) {
        JsonObject shown = new JsonObject()
                .put("id", digest.substring(0, ID_LENGTH))
                .put("role", caller.role().word())
                .put("name", caller.name());
        Shown.optional(shown, "creator", caller.creator());
        return shown;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
