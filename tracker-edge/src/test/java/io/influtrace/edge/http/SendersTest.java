package io.influtrace.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed about the sender: the peer itself, and what a proxy that the operator trusts wrote last. */
final class SendersTest {

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    // What a server on 127.0.0.1, whose peer is 127.0.0.1 too, makes of those header lines.
    private static String seen(String trusted, Optional<String> scheme, String headers) throws Exception {
        Senders senders = Senders.of(Senders.parseTrusted(trusted), scheme);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .end(senders.address(request) + " " + senders.host(request) + " "
                                + (senders.isSecure(request) ? "https" : "http") + "."))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: Edge.example:8080\r\nConnection: close\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } finally {
            server.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static String lines(String... headers) {
        return String.join("\r\n", headers) + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8", "::1", "127.0.0.2", "128.0.0.0/1"})
    void peerThatIsNotTrustedSetsNothing(String trusted) throws Exception {
        assertThat(seen(
                        trusted,
                        Optional.empty(),
                        lines(
                                "X-Forwarded-For: 203.0.113.7",
                                "X-Forwarded-Host: go.shop.example",
                                "X-Forwarded-Proto: https",
                                "Forwarded: for=203.0.113.7;host=go.shop.example;proto=https",
                                "X-Real-IP: 203.0.113.7")))
                .isEqualTo("127.0.0.1 edge.example http.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | 203.0.113.7 | 203.0.113.7",
                "127.0.0.0/8 | 203.0.113.7 | 203.0.113.7",
                "127.0.0.1 | 9.9.9.9, 203.0.113.7 | 203.0.113.7",
                "127.0.0.1,10.0.0.0/8 | 9.9.9.9, 203.0.113.7, 10.1.2.3 | 203.0.113.7",
                "127.0.0.1,10.0.0.0/8 | 10.1.2.3, 10.4.5.6 | 10.1.2.3",
                "127.0.0.1 | 2001:db8::7 | 2001:db8::7",
                "127.0.0.1,2001:db8::/32 | 203.0.113.7, 2001:db8::9 | 203.0.113.7",
                "127.0.0.1 | unknown | 127.0.0.1",
                "127.0.0.1 | 203.0.113.7, evil.example | 127.0.0.1",
                "127.0.0.1 | 203.0.113.7:4711 | 127.0.0.1",
                "127.0.0.1 | '' | 127.0.0.1",
                "127.0.0.1 | ',,,' | 127.0.0.1",
            })
    void addressIsTheLastOneThatNoTrustedProxyHas(String trusted, String forwarded, String address) throws Exception {
        assertThat(seen(trusted, Optional.empty(), "X-Forwarded-For: " + forwarded + "\r\n"))
                .isEqualTo(address + " edge.example http.");
    }

    @Test
    void linesOfOneHeaderCountAsOneList() throws Exception {
        assertThat(seen(
                        "127.0.0.1",
                        Optional.empty(),
                        lines(
                                "X-Forwarded-For: 9.9.9.9",
                                "X-Forwarded-For: 203.0.113.7",
                                "X-Forwarded-Host: evil.example",
                                "X-Forwarded-Host: go.shop.example",
                                "X-Forwarded-Proto: http",
                                "X-Forwarded-Proto: https")))
                .isEqualTo("203.0.113.7 go.shop.example https.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "go.shop.example | https | go.shop.example https",
                "Go.Shop.example:8443 | HTTPS | go.shop.example https",
                "evil.example, go.shop.example | http, https | go.shop.example https",
                "'' | '' | edge.example http",
                "[2001:db8::7]:8443 | http | [2001:db8::7] http",
                "[2001:db8::7] | http | [2001:db8::7] http",
            })
    void hostAndSchemeAreTheTrustedProxysOwnWord(String host, String proto, String expected) throws Exception {
        assertThat(seen(
                        "127.0.0.1",
                        Optional.empty(),
                        "X-Forwarded-Host: " + host + "\r\nX-Forwarded-Proto: " + proto + "\r\n"))
                .isEqualTo("127.0.0.1 " + expected + ".");
    }

    @Test
    void publicUrlOutranksWhatAnyProxySaysOfTheScheme() throws Exception {
        assertThat(seen("127.0.0.1", Optional.of("https"), "X-Forwarded-Proto: http\r\n"))
                .endsWith(" https.");
        assertThat(seen("127.0.0.1", Optional.of("http"), "X-Forwarded-Proto: https\r\n"))
                .endsWith(" http.");
    }

    @Test
    void forwardedIsNotRead() throws Exception {
        assertThat(seen(
                        "127.0.0.1",
                        Optional.empty(),
                        "Forwarded: for=203.0.113.7;host=go.shop.example;proto=https\r\n"))
                .isEqualTo("127.0.0.1 edge.example http.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0", "::1/129", "/8"})
    void proxyThatIsNoAddressOrSubnetIsRefused(String text) {
        assertThatThrownBy(() -> Senders.parseTrusted(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
