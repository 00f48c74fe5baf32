package io.influtrace.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.redis.Keys;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.redis.client.Response;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes on while Redis is away, and what is made good when it is back. */
final class OutageTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String SHOP = OneShop.ORIGIN;
    private static final String ORDERS = "/api/v1/integrations/custom/shop/orders";
    private static final String ORDER = "{\"orderId\":\"O-1\",\"value\":1,\"currency\":\"USD\"}";

    @BeforeEach
    void seed() {
        REDIS.clear();
        RunningEdge.publish(REDIS, Kind.CREATOR, "ava", "7");
        OneShop.open(REDIS);
    }

    private static HttpResponse<String> order(RunningEdge edge) throws Exception {
        return edge.send("POST", ORDERS, ORDER, "Origin", SHOP, "Content-Type", "text/plain");
    }

    private static long counted(String field) {
        long sum = 0;
        for (int partition = 0; partition < 16; partition++) {
            sum += REDIS.number("HGET", Keys.clickCounts(partition, System.currentTimeMillis()), field);
        }
        return sum;
    }

    private static long rows() {
        long rows = 0;
        for (Response key : requireNonNull(REDIS.call("KEYS", "*c:30:*"))) {
            rows += REDIS.number("HLEN", key.toString()) - 1;
        }
        return rows;
    }

    // A loop once opened its port while its own connection to Redis was still opening: the first order was sent away.
    @Test
    void anEdgeThatServesTakesItsFirstOrderThoughRedisIsFarAway() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            NetClient near = vertx.createNetClient();
            NetServer far = vertx.createNetServer().connectHandler(edge -> {
                edge.pause();
                vertx.setTimer(
                        100,
                        later -> near.connect(REDIS.port(), "127.0.0.1").onSuccess(redis -> {
                            redis.pipeTo(edge);
                            edge.pipeTo(redis);
                        }));
            });
            int port = far.listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .actualPort();
            try (RunningEdge edge = RunningEdge.start(Map.of("REDIS_URL", "redis://127.0.0.1:" + port))) {
                assertThat(order(edge).statusCode()).isEqualTo(202);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void clicksOfAnOutageAreMadeGoodOnceAndOrdersAreToldToComeAgain() throws Exception {
        try (RunningEdge edge = RunningEdge.start(REDIS)) {
            for (int i = 0; i < 20; i++) {
                edge.click("/p/spring/ava");
            }
            Await.until("the first clicks lie in Redis", () -> counted("11.7.0") == 20);
            REDIS.kill();
            Await.until("orders are refused", () -> order(edge).statusCode() == 503);
            HttpResponse<String> refused = order(edge);
            assertThat(refused.body()).contains("\"code\":\"store_unavailable\"", "\"retry\":true");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(SHOP);
            for (int i = 0; i < 150; i++) {
                assertThat(edge.click("/p/spring/ava").statusCode()).isEqualTo(302);
            }
            Await.until(
                    "they lie in the journal",
                    () -> edge.metric("influtrace_edge_clicks_total{fate=\"journaled\"") == 150);
            assertThat(edge.ops("/health/live").statusCode()).isEqualTo(200);
            REDIS.start();
            Await.until("they lie in Redis", () -> counted("11.7.0") == 170);
            assertThat(rows()).isEqualTo(170);
            Await.until("orders are accepted again", () -> order(edge).statusCode() == 202);
            Await.until("the journal is empty", () -> edge.metric("influtrace_edge_journal_bytes") == 0);
            assertThat(edge.metric("influtrace_edge_clicks_total{fate=\"dropped\""))
                    .isZero();
        }
    }

    @Test
    void stoppedRedisHangsNobody() throws Exception {
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("REDIS_DEADLINE", "PT0.3S"))) {
            edge.click("/p/spring/ava");
            Await.until("the first click lies in Redis", () -> counted("11.7.0") == 1);
            REDIS.signal("STOP");
            try {
                assertThat(order(edge).statusCode()).isEqualTo(503);
                for (int i = 0; i < 50; i++) {
                    assertThat(edge.click("/p/spring/ava").statusCode()).isEqualTo(302);
                }
                Await.until(
                        "they lie in the journal",
                        () -> edge.metric("influtrace_edge_clicks_total{fate=\"journaled\"") == 50);
            } finally {
                REDIS.signal("CONT");
            }
            Await.until(
                    "each lies in Redis once",
                    () -> edge.metric("influtrace_edge_journal_bytes") == 0 && counted("11.7.0") == 51);
            assertThat(rows()).isEqualTo(51);
            Await.until("orders are accepted again", () -> order(edge).statusCode() == 202);
        }
    }

    @Test
    void edgeStartsWithoutRedisFromItsLastSnapshot() throws Exception {
        Path data = Files.createTempDirectory("edge-data");
        Path snapshot = data.resolve("edge-0").resolve("snapshot");
        String keys;
        try (RunningEdge edge = RunningEdge.start(REDIS, data, Map.of())) {
            assertThat(edge.click("/p/spring/ava").statusCode()).isEqualTo(302);
            keys = REDIS.text("HGET", Keys.META, "tokenKeys");
            Await.until("the snapshot is written", () -> Files.exists(snapshot));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot)))
                .isEqualTo("rw-------");
        REDIS.kill();
        try (RunningEdge edge = RunningEdge.start(REDIS, data, Map.of())) {
            assertThat(edge.click("/p/spring/ava")
                            .headers()
                            .firstValue("Location")
                            .orElse(""))
                    .contains("ref=ava");
            assertThat(edge.send("GET", "/t.js", "").statusCode()).isEqualTo(200);
            assertThat(order(edge).statusCode()).isEqualTo(503);
            assertThat(edge.ops("/health/ready").body()).contains("\"status\":\"degraded\"");
            REDIS.start();
            REDIS.clear();
            Await.until(
                    "Redis is met again", () -> edge.ops("/health/ready").body().contains("\"status\":\"ready\""));
            assertThat(REDIS.text("HGET", Keys.META, "tokenKeys")).isEqualTo(keys);
        }
    }

    @Test
    void anotherCountOfPartitionsIsRefusedWithTheSentenceThatMendsIt() throws Exception {
        RunningEdge.start(REDIS).close();
        assertThatThrownBy(() -> RunningEdge.start(REDIS, Map.of("PARTITIONS", "8")))
                .hasMessageContaining("set PARTITIONS=16 or leave it unset");
    }
}
