package io.influtrace.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.OneShop;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.hostile.HostileRequest;
import io.influtrace.protocol.hostile.RawSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only an attacker sends, over bare sockets: refused or hung up on, and nobody else notices. */
final class HostileHttpTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String SHOP = OneShop.ORIGIN;
    private static final String BEACON = "/api/v1/integrations/custom/shop/orders";
    private static final String LINK = "GET /p/spring HTTP/1.1\r\nHost: edge\r\n\r\n";
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        OneShop.open(REDIS);
        edge = RunningEdge.start(
                REDIS, Map.of("REQUEST_TIMEOUT", "PT1S", "KEEP_ALIVE", "PT1S", "MAX_CONNECTIONS", "80"));
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    @AfterEach
    void othersAreServed() throws Exception {
        Await.until("the attack's own connections are gone", () -> edge.metric("influtrace_edge_connections") <= 1);
        assertThat(edge.click("/p/spring").statusCode()).isEqualTo(302);
    }

    static List<HostileRequest> requests() {
        return HostileRequest.all();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestThatNobodyHonestSendsIsRefusedOrHungUpOnAndSmugglesNothing(HostileRequest request) throws Exception {
        try (RawSocket attacker = RawSocket.to(edge.port())) {
            attacker.say(request.filled(BEACON, LINK));
            assertThat(attacker.isHungUpOn()).isTrue();
            assertThat(attacker.statuses())
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(status -> (status >= 400 && status < 500) || status == 501);
        }
    }

    @Test
    void refusalsOfHeadsAreCountedUnderTheirReasons() throws Exception {
        for (String reason : List.of("bad_host", "bad_framing", "bad_request", "uri_too_long", "headers_too_large")) {
            double before = refused(reason);
            String name = switch (reason) {
                case "bad_host" -> "two hosts";
                case "bad_framing" -> "chunked twice";
                case "bad_request" -> "zero byte in a header";
                case "uri_too_long" -> "endless address";
                default -> "a million headers";
            };
            HostileRequest request = requests().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            try (RawSocket attacker = RawSocket.to(edge.port())) {
                attacker.say(request.filled(BEACON, LINK));
                assertThat(attacker.isHungUpOn()).isTrue();
                assertThat(attacker.heard()).contains("\"code\":\"" + reason + "\"");
            }
            assertThat(refused(reason)).as(reason).isEqualTo(before + 1);
        }
    }

    @Test
    void brokenChunkIsCountedUnderItsReason() throws Exception {
        double before = refused("bad_chunk");
        try (RawSocket attacker = RawSocket.to(edge.port())) {
            attacker.say("POST " + BEACON + " HTTP/1.1\r\nHost: edge\r\nOrigin: " + SHOP
                    + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
            assertThat(attacker.isHungUpOn()).isTrue();
        }
        Await.until("it is counted", () -> refused("bad_chunk") == before + 1);
    }

    @Test
    void honestChunkedBodyIsReadAndItsConnectionEnds() throws Exception {
        String order = "{\"orderId\":\"C-1\",\"value\":1,\"currency\":\"USD\"}";
        try (RawSocket store = RawSocket.to(edge.port())) {
            store.say("POST " + BEACON + " HTTP/1.1\r\nHost: edge\r\nOrigin: " + SHOP
                    + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(order.length()) + "\r\n" + order + "\r\n0\r\n\r\n" + LINK);
            assertThat(store.isHungUpOn()).isTrue();
            assertThat(store.statuses()).containsExactly(202);
            assertThat(store.heard()).containsIgnoringCase("connection: close");
        }
    }

    @Test
    void senderWhoWaitsForLeaveToSendGetsIt() throws Exception {
        String order = "{\"orderId\":\"E-1\",\"value\":1,\"currency\":\"USD\"}";
        try (RawSocket store = RawSocket.to(edge.port())) {
            store.say("POST " + BEACON + " HTTP/1.1\r\nHost: edge\r\nOrigin: " + SHOP
                    + "\r\nContent-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: " + order.length()
                    + "\r\n\r\n");
            store.hear("HTTP/1.1 100 Continue\r\n\r\n");
            store.say(order);
            store.hear("HTTP/1.1 202");
        }
    }

    @Test
    void senderOfTooMuchWhoWaitsForLeaveIsRefusedBeforeItSends() throws Exception {
        try (RawSocket store = RawSocket.to(edge.port())) {
            store.say("POST " + BEACON
                    + " HTTP/1.1\r\nHost: edge\r\nExpect: 100-continue\r\nContent-Length: 10000000\r\n\r\n");
            assertThat(store.isHungUpOn()).isTrue();
            assertThat(store.statuses()).containsExactly(413);
        }
    }

    @Test
    void silentConnectionsAndDrippedHeadsAreHungUpOnWhileOthersAreServed() throws Exception {
        double before = refused("head_timeout");
        List<RawSocket> attackers = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                attackers.add(RawSocket.to(edge.port()));
            }
            for (int i = 0; refused("head_timeout") < before + 20; i++) {
                RawSocket dripping = attackers.get(i % 10);
                dripping.say(i < 10 ? "GET /p/spring HTTP/1.1\r\nA:" : "a");
                assertThat(edge.click("/p/spring").statusCode()).isEqualTo(302);
            }
            for (RawSocket attacker : attackers) {
                assertThat(attacker.isHungUpOn()).isTrue();
                assertThat(attacker.statuses()).isEmpty();
            }
        } finally {
            for (RawSocket attacker : attackers) {
                attacker.close();
            }
        }
    }

    @Test
    void drippedSecondHeadBuysNoTime() throws Exception {
        try (RawSocket attacker = RawSocket.to(edge.port())) {
            attacker.say(LINK);
            attacker.hear("HTTP/1.1 302");
            attacker.say("GET /p/spring HTTP/1.1\r\nA: b");
            assertThat(attacker.isHungUpOn()).isTrue();
            assertThat(attacker.statuses()).containsExactly(302);
        }
    }

    @Test
    void drippedBodyIsRefusedInTime() throws Exception {
        try (RawSocket attacker = RawSocket.to(edge.port())) {
            attacker.say("POST " + BEACON + " HTTP/1.1\r\nHost: edge\r\nOrigin: " + SHOP
                    + "\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n{");
            assertThat(attacker.isHungUpOn()).isTrue();
            assertThat(attacker.statuses()).containsExactly(408);
            assertThat(attacker.heard()).contains("\"code\":\"body_timeout\"", "\"retry\":true");
        }
    }

    @Test
    void connectionsBeyondTheBoundAreHungUpOnAndThoseWithinLiveOn() throws Exception {
        double before = refused("too_many_connections");
        List<RawSocket> many = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                many.add(RawSocket.to(edge.port()));
            }
            Await.until("the bound is met", () -> refused("too_many_connections") >= before + 110);
            assertThat(edge.metric("influtrace_edge_connections")).isLessThanOrEqualTo(80);
        } finally {
            for (RawSocket each : many) {
                each.close();
            }
        }
    }

    @Test
    void answersThatNobodyReadsHoldBackTheRequestsBehindThem() throws Exception {
        String script = "GET /t.js HTTP/1.1\r\nHost: edge\r\n\r\n";
        try (RawSocket attacker = RawSocket.to(edge.port())) {
            Thread asking = new Thread(() -> attacker.say(script.repeat(500_000)));
            asking.start();
            assertThat(edge.click("/p/spring").statusCode()).isEqualTo(302);
            asking.join(30_000);
            assertThat(asking.isAlive())
                    .as("still asking after it was hung up on")
                    .isFalse();
        }
    }

    private static double refused(String reason) throws Exception {
        return edge.metric("influtrace_edge_http_refused_total{reason=\"" + reason + "\"");
    }
}
