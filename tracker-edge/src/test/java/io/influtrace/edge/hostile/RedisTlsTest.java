package io.influtrace.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.ChildEdge;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.hostile.RawSocket;
import io.influtrace.protocol.testing.TestCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis over TLS: its certificate is verified, its name too. */
final class RedisTlsTest {

    private static final TestCertificate CERTIFICATE;
    private static final int TLS_PORT;

    @RegisterExtension
    static final RealRedis REDIS;

    static {
        try (ServerSocket free = new ServerSocket(0)) {
            Path folder = Files.createTempDirectory("redis-tls");
            CERTIFICATE = TestCertificate.make("RSA");
            CERTIFICATE.writeChain(folder.resolve("chain.pem"));
            CERTIFICATE.writeKey(folder.resolve("key.pem"));
            TLS_PORT = free.getLocalPort();
            REDIS = RealRedis.with(
                    "--appendonly",
                    "yes",
                    "--tls-port",
                    Integer.toString(TLS_PORT),
                    "--tls-cert-file",
                    folder.resolve("chain.pem").toString(),
                    "--tls-key-file",
                    folder.resolve("key.pem").toString(),
                    "--tls-ca-cert-file",
                    folder.resolve("chain.pem").toString(),
                    "--tls-auth-clients",
                    "no");
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static final String SHOP = "https://shop.example.com";

    private static HttpResponse<String> get(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void ordersReachARedisThatSpeaksTlsAndIsTrusted() throws Exception {
        RunningEdge.publish(
                REDIS,
                Kind.INTEGRATION,
                "shop",
                RunningEdge.shop("shop", SHOP, "connected").write());
        try (ChildEdge edge = ChildEdge.start(
                Map.of("REDIS_URL", "rediss://localhost:" + TLS_PORT),
                "-Djavax.net.ssl.trustStore=" + CERTIFICATE.store(),
                "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD)) {
            int port = edge.port();
            // A loop's own connection may open a moment after the port; until then it says 503, and to come again.
            Await.until("the order is accepted", () -> ordered(port).equals(List.of(202)));
        }
        assertThat(REDIS.text("KEYS", "*")).contains("{p");
    }

    private static List<Integer> ordered(int port) throws IOException {
        String order = "{\"orderId\":\"T-1\",\"value\":1,\"currency\":\"USD\"}";
        try (RawSocket shopper = RawSocket.to(port)) {
            shopper.say(
                    "POST /api/v1/integrations/custom/shop/orders HTTP/1.1\r\nHost: edge\r\nConnection: close\r\nOrigin: "
                            + SHOP + "\r\nContent-Type: text/plain\r\nContent-Length: " + order.length() + "\r\n\r\n"
                            + order);
            assertThat(shopper.isHungUpOn()).isTrue();
            return shopper.statuses();
        }
    }

    @Test
    void redisThatNobodyVouchesForIsNotSpokenTo() throws Exception {
        int ops = freePort();
        try (ChildEdge edge = ChildEdge.start(
                Map.of("REDIS_URL", "rediss://localhost:" + TLS_PORT, "EDGE_OPS_PORT", Integer.toString(ops)))) {
            Await.until("several handshakes failed", () -> {
                try {
                    return get("http://127.0.0.1:" + ops + "/metrics")
                            .body()
                            .lines()
                            .filter(line -> line.startsWith("influtrace_edge_redis_failures_total"))
                            .anyMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))) >= 3);
                } catch (IOException notYet) {
                    return false;
                }
            });
            assertThat(get("http://127.0.0.1:" + ops + "/health/ready").body()).contains("starting");
            assertThat(edge.log()).doesNotContain("edge=serving");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
