package io.influtrace.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.hostile.RawSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The private port, asked as monitors and load balancers ask. */
final class OpsServerTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = OpsServer.listen(
                        vertx,
                        0,
                        () -> "up 1\n",
                        () -> new OpsServer.Readiness(ready.get(), ready.get() ? "ready" : "draining", List.of("disk")),
                        refused::add)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private String ask(String request) throws Exception {
        try (RawSocket balancer = RawSocket.to(port)) {
            balancer.say(request);
            assertThat(balancer.isHungUpOn()).isTrue();
            return balancer.heard();
        }
    }

    @Test
    void balancerThatSpeaksHttp10AndNamesNoHostIsToldOfHealth() throws Exception {
        assertThat(ask("GET /health/ready HTTP/1.0\r\n\r\n"))
                .contains(" 200 ")
                .endsWith("{\"status\":\"ready\",\"degraded\":[\"disk\"]}");
        assertThat(ask("HEAD /health/live HTTP/1.0\r\n\r\n")).contains(" 200 ");
        ready.set(false);
        assertThat(ask("GET /health/ready HTTP/1.0\r\n\r\n")).contains(" 503 ");
        assertThat(refused).isEmpty();
    }

    @Test
    void whoSpeaksHttp11NamesTheHostAndNobodyNamesTwo() throws Exception {
        assertThat(ask("GET /health/live HTTP/1.1\r\n\r\n")).contains(" 400 ", "\"code\":\"bad_host\"");
        assertThat(ask("GET /health/live HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"))
                .contains(" 400 ", "\"code\":\"bad_host\"");
        assertThat(refused).containsExactly("bad_host", "bad_host");
    }

    @Test
    void metricsAndNothingElseAreThereToRead() throws Exception {
        String end = " HTTP/1.1\r\nHost: ops\r\nConnection: close\r\n\r\n";
        assertThat(ask("GET /metrics" + end)).contains(" 200 ", "version=0.0.4").endsWith("up 1\n");
        assertThat(ask("GET /nothing" + end)).contains(" 404 ");
        assertThat(ask("POST /metrics" + end)).containsIgnoringCase(" 405 ").containsIgnoringCase("allow: GET, HEAD");
    }
}
