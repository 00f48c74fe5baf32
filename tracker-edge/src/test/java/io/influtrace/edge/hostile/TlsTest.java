package io.influtrace.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.hostile.Http2Frames;
import io.influtrace.protocol.hostile.RawSocket;
import io.influtrace.protocol.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edge's own TLS and HTTP/2: from PEM files, renewed without a restart, and attacked. */
final class TlsTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String SHOP = "https://shop.example.com";
    private static Path chain;
    private static Path key;
    private static TestCertificate first;
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        RunningEdge.publish(
                REDIS,
                Kind.LINK,
                "spring",
                RunningEdge.link("spring", 11, SHOP + "/").write());
        Path folder = Files.createTempDirectory("tls");
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        first = TestCertificate.make("EC");
        first.writeChain(chain);
        first.writeKey(key);
        edge = RunningEdge.start(
                REDIS,
                Map.of(
                        "TLS_CERT",
                        chain.toString(),
                        "TLS_KEY",
                        key.toString(),
                        "REQUEST_TIMEOUT",
                        "PT2S",
                        "KEEP_ALIVE",
                        "PT2S"));
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    private static HttpResponse<String> click(SSLContext trust, HttpClient.Version version) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trust).version(version).build();
        URI uri = URI.create("https://localhost:" + edge.port() + "/p/spring");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("User-Agent", RunningEdge.FIREFOX)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_2", "HTTP_1_1"})
    void redirectIsAnsweredOverTlsInTheVersionThatTheBrowserWants(String version) throws Exception {
        HttpResponse<String> answer = click(first.trusting(), HttpClient.Version.valueOf(version));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.valueOf(version));
        assertThat(answer.headers().firstValue("location").orElse("")).startsWith(SHOP + "/?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void protocolsInForceAreSpoken(String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) first.trusting().getSocketFactory().createSocket("localhost", edge.port())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void requestWithoutTlsIsHungUpOn() throws Exception {
        try (RawSocket plain = RawSocket.to(edge.port())) {
            plain.say("GET /p/spring HTTP/1.1\r\nHost: edge\r\n\r\n");
            assertThat(plain.isHungUpOn()).isTrue();
            assertThat(plain.statuses()).isEmpty();
        }
    }

    @Test
    void handshakeThatNeverEndsIsHungUpOn() throws Exception {
        try (RawSocket silent = RawSocket.to(edge.port())) {
            assertThat(silent.isHungUpOn()).isTrue();
        }
    }

    @Test
    void renewedCertificateIsTakenWithoutARestartAndHalfOfOneIsNot() throws Exception {
        TestCertificate second = TestCertificate.make("RSA");
        second.writeChain(chain);
        Await.until(
                "the mismatch is refused",
                () -> edge.metric("influtrace_edge_certificate_renewals_total{outcome=\"refused\"}") > 0);
        assertThat(click(first.trusting(), HttpClient.Version.HTTP_2).statusCode())
                .isEqualTo(302);
        second.writeKey(key);
        Await.until(
                "the new certificate is in force",
                () -> edge.metric("influtrace_edge_certificate_renewals_total{outcome=\"renewed\"}") > 0);
        assertThat(click(second.trusting(), HttpClient.Version.HTTP_2).statusCode())
                .isEqualTo(302);
        SSLContext old = first.trusting();
        assertThatThrownBy(() -> click(old, HttpClient.Version.HTTP_2)).isInstanceOf(SSLHandshakeException.class);
        assertThat(edge.metric("influtrace_edge_certificate_expiry_seconds"))
                .isGreaterThan(System.currentTimeMillis() / 1_000.0);
        first.writeChain(chain);
        first.writeKey(key);
        Await.until(
                "the first certificate is back",
                () -> edge.metric("influtrace_edge_certificate_renewals_total{outcome=\"renewed\"}") > 1);
    }

    @Test
    void halfASettingOrUnfitFilesEndTheStartWithASentence() throws Exception {
        assertThatThrownBy(() -> RunningEdge.start(REDIS, Map.of("TLS_CERT", chain.toString())))
                .hasMessageContaining("TLS_CERT and TLS_KEY go together");
        Path none = Files.createTempFile("no", ".pem");
        assertThatThrownBy(
                        () -> RunningEdge.start(REDIS, Map.of("TLS_CERT", none.toString(), "TLS_KEY", key.toString())))
                .hasMessageContaining("TLS_CERT " + none)
                .hasMessageContaining("PEM");
    }

    @Test
    void streamsOpenedAndResetWithoutEndCostTheConnection() throws Exception {
        countedAttack((frames, i) -> {
            int stream = 2 * i + 1;
            return frames.get(stream, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, "/p/spring")
                    .reset(stream);
        });
    }

    @Test
    void headersContinuedWithoutEndCostTheConnection() throws Exception {
        countedAttack((frames, i) -> i == 0
                ? frames.get(1, Http2Frames.END_STREAM, "/p/spring")
                : frames.more(1, Http2Frames.header("a" + i, "b")));
    }

    @Test
    void headersContinuedWithNothingCostTheConnection() throws Exception {
        countedAttack((frames, i) ->
                i == 0 ? frames.get(1, Http2Frames.END_STREAM, "/p/spring") : frames.more(1, new byte[0]));
    }

    @Test
    void settingsWithoutEndWhoseAnswersNobodyReadsCostTheConnection() throws Exception {
        attack((frames, i) -> frames.settings());
    }

    /** What an attacker says at the i-th time. */
    private interface Attack {
        Http2Frames at(Http2Frames frames, int i);
    }

    private static double abused() throws Exception {
        return edge.metric("influtrace_edge_http_refused_total{reason=\"bad_frames\"");
    }

    private static void countedAttack(Attack attack) throws Exception {
        double before = abused();
        attack(attack);
        Await.until("it is counted once", () -> abused() == before + 1);
    }

    private static void attack(Attack attack) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) first.trusting().getSocketFactory().createSocket("localhost", edge.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            Http2Frames frames = new Http2Frames().preface();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20_000_000; i++) {
                            attack.at(frames, i);
                            if (i % 1_000 == 999) {
                                socket.getOutputStream().write(frames.bytes());
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(click(first.trusting(), HttpClient.Version.HTTP_2).statusCode())
                .isEqualTo(302);
    }
}
