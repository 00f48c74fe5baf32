package io.influtrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One dead master of a cluster takes its own partitions along and no other. */
final class ClusterTest {

    @RegisterExtension
    static final RealCluster CLUSTER = new RealCluster();

    private static final String SHOP = "https://shop.example.com";
    private static final String ORDERS = "/api/v1/integrations/custom/shop/orders";
    private static final Partitions PARTITIONS = new Partitions(16);
    private static final int ORDERS_SENT = 40;

    private static int order(RunningEdge edge, String id) throws Exception {
        String body = "{\"orderId\":\"" + id + "\",\"value\":1,\"currency\":\"USD\"}";
        return edge.send("POST", ORDERS, body, "Origin", SHOP, "Content-Type", "text/plain")
                .statusCode();
    }

    private static int ownerOf(String id) {
        return CLUSTER.ownerOf(Keys.reports(PARTITIONS.of(new OrderIdentity("shop", id))));
    }

    @Test
    void theOtherPartitionsGoOnWhileOneMasterIsDead() throws Exception {
        CLUSTER.call("HSET", Keys.EDGE_CREATORS, "ava", "7");
        CLUSTER.call(
                "HSET",
                Keys.EDGE_INTEGRATIONS,
                "shop",
                RunningEdge.shop("shop", SHOP, "connected").write());
        CLUSTER.call(
                "HSET",
                Keys.EDGE_LINKS,
                "spring",
                RunningEdge.link("spring", 11, SHOP + "/").write());
        int configured = CLUSTER.ownerOf(Keys.META);
        int doomed = (configured + 1) % 3;
        Map<String, String> address = Map.of("REDIS_URL", CLUSTER.url(), "REDIS_DEADLINE", "PT1S");
        try (RunningEdge edge = RunningEdge.start(address)) {
            for (int i = 0; i < ORDERS_SENT; i++) {
                String id = "A-" + i;
                Await.until("every partition is reached", () -> order(edge, id) == 202);
            }
            CLUSTER.kill(doomed);
            int refused = 0;
            for (int i = 0; i < ORDERS_SENT; i++) {
                String id = "B-" + i;
                if (ownerOf(id) == doomed) {
                    assertThat(order(edge, id)).as(id).isEqualTo(503);
                    refused++;
                } else {
                    Await.until("a living master takes " + id, () -> order(edge, id) == 202);
                }
                assertThat(edge.click("/p/spring/ava").statusCode()).isEqualTo(302);
            }
            assertThat(refused).isBetween(1, ORDERS_SENT - 1);
            edgeStartsBesideADeadMaster(address, doomed);
            CLUSTER.start(doomed);
            for (int i = 0; i < ORDERS_SENT; i++) {
                String id = "B-" + i;
                Await.until("every partition is back", () -> order(edge, id) == 202);
            }
            Await.until("no click is left behind", () -> edge.metric("influtrace_edge_journal_bytes") == 0);
        }
    }

    private static void edgeStartsBesideADeadMaster(Map<String, String> address, int doomed) throws Exception {
        String living = "C-0";
        for (int i = 1; ownerOf(living) == doomed; i++) {
            living = "C-" + i;
        }
        String id = living;
        try (RunningEdge edge = RunningEdge.start(address)) {
            Await.until("it takes the orders of the living", () -> order(edge, id) == 202);
        }
    }
}
