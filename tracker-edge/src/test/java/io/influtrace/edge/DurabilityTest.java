package io.influtrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.redis.Keys;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a 202 means is what was demanded, or there is no 202. */
final class DurabilityTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.with("--appendonly", "yes", "--appendfsync", "always");

    @RegisterExtension
    static final RealRedis OTHER = RealRedis.with("--appendonly", "yes", "--appendfsync", "always");

    private static final String SHOP = OneShop.ORIGIN;
    private static final String ORDERS = "/api/v1/integrations/custom/shop/orders";

    @BeforeEach
    void seed() {
        OTHER.call("REPLICAOF", "NO", "ONE");
        REDIS.clear();
        OneShop.open(REDIS);
        RunningEdge.publish(REDIS, Kind.CREATOR, "ava", "7");
    }

    private static int order(RunningEdge edge, String id) throws Exception {
        String body = "{\"orderId\":\"" + id + "\",\"value\":1,\"currency\":\"USD\"}";
        return edge.send("POST", ORDERS, body, "Origin", SHOP, "Content-Type", "text/plain")
                .statusCode();
    }

    @Test
    void underReplicaAnOrderIsAcceptedOnceAnotherMachineHasIt() throws Exception {
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("DURABILITY", "replica"))) {
            assertThat(edge.metric("influtrace_edge_durability{level=\"replica\""))
                    .isEqualTo(1);
            assertThat(order(edge, "O-1")).isEqualTo(503);
            assertThat(edge.metric("influtrace_edge_redis_failures_total{reason=\"unconfirmed\""))
                    .isPositive();
            OTHER.call("REPLICAOF", "127.0.0.1", REDIS.port());
            Await.until("the replica has joined", () -> order(edge, "O-2") == 202);
            assertThat(entries(OTHER)).isEqualTo(entries(REDIS)).isPositive();
        }
    }

    @Test
    void whatRedisCannotGiveIsRefusedAtTheStartAndLater() throws Exception {
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("DURABILITY", "fsync"))) {
            assertThat(order(edge, "O-3")).isEqualTo(202);
            REDIS.call("CONFIG", "SET", "appendfsync", "everysec");
            REDIS.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            String weaker = "influtrace_edge_durability{level=\"os\"";
            Await.until("the edge has looked again", () -> edge.metric(weaker) == 1);
            assertThat(order(edge, "O-4")).isEqualTo(503);
            assertThatThrownBy(() -> RunningEdge.start(REDIS, Map.of("DURABILITY", "fsync")))
                    .hasMessageContaining("CONFIG SET appendfsync always");
        } finally {
            REDIS.call("CONFIG", "SET", "appendfsync", "always");
        }
    }

    /** A server that comes back without what it had acknowledged is told by metric and log, whatever made it forget. */
    @Test
    void aRedisThatWentBackInTimeIsTold() throws Exception {
        try (RunningEdge edge = RunningEdge.start(REDIS)) {
            assertThat(order(edge, "O-5")).isEqualTo(202);
            assertThat(edge.metric("influtrace_edge_redis_went_back_total")).isZero();
            REDIS.call("DEL", Keys.reports(partitionOf()));
            REDIS.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            Await.until("orders are accepted again", () -> order(edge, "O-5") == 202);
            assertThat(edge.metric("influtrace_edge_redis_went_back_total")).isEqualTo(1);
        }
    }

    /** Found by the drill clocks-apart: the first flush of every edge counted as an error of Redis, and an alert fired. */
    @Test
    void aRedisWithoutRoomRefusesAndAnUnknownScriptIsNoFailure() throws Exception {
        REDIS.call("SCRIPT", "FLUSH");
        try (RunningEdge edge = RunningEdge.start(REDIS)) {
            edge.click("/p/spring/ava");
            Await.until("the click is kept", () -> edge.metric("influtrace_edge_clicks_total{fate=\"recorded\"") == 1);
            assertThat(edge.metric("influtrace_edge_redis_failures_total{reason=\"error\""))
                    .isZero();
            REDIS.call("CONFIG", "SET", "maxmemory", "1");
            assertThat(order(edge, "O-6")).isEqualTo(503);
            assertThat(edge.metric("influtrace_edge_redis_failures_total{reason=\"refused\""))
                    .isPositive();
        } finally {
            REDIS.call("CONFIG", "SET", "maxmemory", "0");
        }
    }

    private static int partitionOf() {
        for (int partition = 0; partition < 16; partition++) {
            if (REDIS.number("XLEN", Keys.reports(partition)) > 0) {
                return partition;
            }
        }
        throw new AssertionError("no partition has the order");
    }

    private static long entries(RealRedis redis) {
        long entries = 0;
        for (int partition = 0; partition < 16; partition++) {
            entries += redis.number("XLEN", Keys.reports(partition));
        }
        return entries;
    }
}
