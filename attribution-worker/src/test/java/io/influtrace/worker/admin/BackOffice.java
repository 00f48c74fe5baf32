package io.influtrace.worker.admin;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.http.Connections;
import io.influtrace.protocol.redis.Deployment;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ops.Meters;
import io.influtrace.worker.proof.Difference;
import io.influtrace.worker.proof.Proof;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;

/** A whole back office over a test's Redis, and a client that speaks to it as an admin. */
final class BackOffice implements AutoCloseable {

    static final String TOKEN = "the-admins-own-token";
    static final Partitions PARTITIONS = new Partitions(16);

    private static final Connections.Limits PATIENT =
            new Connections.Limits(1_000, Duration.ofSeconds(60), Duration.ofSeconds(120));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final CatalogStore store;
    private final AdminServer server;
    private final Meters meters = Meters.start();
    final RedisConnection<String> look;
    final WrittenBooks books = new WrittenBooks();

    private BackOffice(RedisServer redisServer, Optional<String> token, Path dataDir, Connections.Limits limits) {
        redis = Redis.of(redisServer.address());
        look = redis.connect();
        store = CatalogStore.open(redis, Clock.systemUTC());
        Deployment deployment = new Deployment(
                PARTITIONS,
                TokenKeys.generate("k1", new Random(1)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));
        server = AdminServer.listen(
                        vertx,
                        new AdminServer.Parts(
                                store,
                                look,
                                deployment,
                                0,
                                "https://go.example",
                                token,
                                dataDir,
                                Clock.systemUTC(),
                                Optional.of(books),
                                limits,
                                meters))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    static BackOffice open(RedisServer redisServer, Path dataDir) {
        return new BackOffice(redisServer, Optional.of(TOKEN), dataDir, PATIENT);
    }

    /** One whose first token is made by itself. */
    static BackOffice openWithoutToken(RedisServer redisServer, Path dataDir) {
        return new BackOffice(redisServer, Optional.empty(), dataDir, PATIENT);
    }

    /** One that bears little from a connection. */
    static BackOffice strict(RedisServer redisServer, Path dataDir, Connections.Limits limits) {
        return new BackOffice(redisServer, Optional.of(TOKEN), dataDir, limits);
    }

    int port() {
        return server.port();
    }

    /** How often a connection or request was turned away for that reason. */
    double refused(String reason) {
        return figure("influtrace_worker_http_refused_total{reason=\"" + reason + "\"} ");
    }

    /** The connections open now. */
    double connections() {
        return figure("influtrace_worker_connections ");
    }

    private double figure(String name) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    record Answer(int status, JsonObject json, HttpResponse<String> raw) {
        String code() {
            return json.getString("code", "");
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return as(TOKEN, "GET", path, "");
    }

    Answer post(String path, JsonObject body) throws IOException, InterruptedException {
        return as(TOKEN, "POST", path, body.encode());
    }

    Answer patch(String path, JsonObject body) throws IOException, InterruptedException {
        return as(TOKEN, "PATCH", path, body.encode());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return as(TOKEN, "DELETE", path, "");
    }

    Answer as(String token, String method, String path, String body) throws IOException, InterruptedException {
        return as(token, method, path, body, "*/*");
    }

    Answer as(String token, String method, String path, String body, String accept)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        boolean json = response.body().startsWith("{");
        return new Answer(response.statusCode(), json ? new JsonObject(response.body()) : new JsonObject(), response);
    }

    /** A creator, a campaign, two stores, a link and a coupon; returns the first store's id. */
    String furnish() throws IOException, InterruptedException {
        post("/api/v1/creators", new JsonObject("{\"handle\":\"ava\",\"email\":\"ava@mail.example\"}"));
        post("/api/v1/creators", new JsonObject("{\"handle\":\"ben\"}"));
        post(
                "/api/v1/campaigns",
                new JsonObject("{\"id\":\"main\",\"commission\":{\"type\":\"percent\",\"value\":\"10\"}}"));
        String shop = post(
                        "/api/v1/integrations",
                        new JsonObject("{\"type\":\"custom\",\"origin\":\"https://shop.example.com\"}"))
                .json()
                .getString("id");
        post(
                "/api/v1/links",
                new JsonObject(
                                "{\"slug\":\"spring\",\"campaign\":\"main\",\"destination\":\"https://shop.example.com/a\"}")
                        .put("integrations", new JsonArray().add(shop)));
        post("/api/v1/coupons", coupon("AVA10", "ava", shop));
        return shop;
    }

    /** What {@code ledger verify} finds wrong in the books. */
    Collection<Difference> differences() {
        return Proof.of(look, PARTITIONS, Clock.systemUTC(), Attributor.Rules.USUAL.retention())
                .verify()
                .left();
    }

    static JsonObject coupon(String code, String creator, String integration) {
        return new JsonObject()
                .put("code", code)
                .put("creator", creator)
                .put("link", "spring")
                .put("integrations", new JsonArray().add(integration));
    }

    @Override
    public void close() {
        server.close(1_000).toCompletionStage().toCompletableFuture().join();
        store.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
