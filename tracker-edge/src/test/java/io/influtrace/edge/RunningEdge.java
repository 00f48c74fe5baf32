package io.influtrace.edge;

import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A whole edge in this process, on ports of the system's choice, and the means to talk to it. */
public final class RunningEdge implements AutoCloseable {

    /** An agent of a person. */
    public static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection,content-length");
    }

    private final Edge edge;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What a late Redis was refused for. */
    public final List<String> refusals;

    private RunningEdge(Edge edge, List<String> refusals) {
        this.edge = edge;
        this.refusals = refusals;
    }

    public static RunningEdge start(RealRedis redis) throws Exception {
        return start(redis, Map.of());
    }

    public static RunningEdge start(RealRedis redis, Map<String, String> more) throws Exception {
        return start(redis, Files.createTempDirectory("edge-data"), more);
    }

    public static RunningEdge start(RealRedis redis, Path data, Map<String, String> more) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("REDIS_URL", redis.url()));
        all.putAll(more);
        return start(data, all);
    }

    /** On the Redis that the variables name. */
    public static RunningEdge start(Map<String, String> more) throws Exception {
        return start(Files.createTempDirectory("edge-data"), more);
    }

    private static RunningEdge start(Path data, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "EDGE_PORT", "0",
                "EDGE_OPS_PORT", "0",
                "EDGE_EVENT_LOOPS", "2",
                "DATA_DIR", data.toString(),
                "SHUTDOWN_LEAD", "PT0S",
                "SHUTDOWN_GRACE", "PT1S"));
        environment.putAll(more);
        List<String> refusals = new CopyOnWriteArrayList<>();
        EdgeSettings settings = EdgeSettings.read(Settings.of(environment));
        CompletableFuture<Edge> started = Edge.start(settings, refused -> refusals.add(refused.getMessage()))
                .toCompletionStage()
                .toCompletableFuture();
        return new RunningEdge(started.get(20, TimeUnit.SECONDS), refusals);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + edge.port() + path);
    }

    /** The whole answer to a request of those header pairs. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The same for a GET by a person's browser. */
    public HttpResponse<String> click(String path, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!all.contains("User-Agent")) {
            all.addAll(List.of("User-Agent", FIREFOX));
        }
        return send("GET", path, "", all.toArray(String[]::new));
    }

    public HttpResponse<String> ops(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + edge.opsPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a metric's line that begins with this text; 0 where there is none. */
    public double metric(String line) throws Exception {
        return ops("/metrics")
                .body()
                .lines()
                .filter(text -> text.startsWith(line))
                .mapToDouble(text -> Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1)))
                .sum();
    }

    public int port() {
        return edge.port();
    }

    @Override
    public void close() {
        edge.stop()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Publishes as the worker does: table and change at once. */
    public static void publish(RealRedis redis, Kind kind, String key, String record) {
        String table = kind == Kind.LINK
                ? Keys.EDGE_LINKS
                : kind == Kind.CREATOR ? Keys.EDGE_CREATORS : Keys.EDGE_INTEGRATIONS;
        redis.call("HSET", table, key, record);
        change(redis, new Change(kind, key, Optional.of(record)));
    }

    public static void change(RealRedis redis, Change change) {
        List<Object> arguments = new ArrayList<>(List.of(Keys.EDGE_CHANGES, "*"));
        change.fields().forEach((field, value) -> arguments.addAll(List.of(field, value)));
        redis.call("XADD", arguments.toArray());
    }

    public static LinkRecord link(String slug, int number, String destination, String... integrations) {
        return new LinkRecord(
                slug,
                number,
                30,
                destination,
                Optional.empty(),
                Map.of(),
                PassQuery.FILL,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(integrations));
    }

    public static IntegrationRecord shop(String id, String origin, String status) {
        return new IntegrationRecord(
                id, "custom", Optional.of(origin), status, "full", Optional.empty(), Optional.empty());
    }
}
