package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.demo.Seed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import io.influtrace.protocol.hostile.Http2Frames;
import io.influtrace.protocol.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.HdrHistogram.Histogram;

/** HTTP/2 streams opened and reset without end at an edge that speaks TLS, and a neighbour who clicks there meanwhile. */
final class ResetFlood {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BLINK_MICROS = 2_000_000;
    private static final int WARM_UP = 20;
    private static final int AT_ONCE = 1_000;

    /** Far beyond what any connection may reset. */
    private static final int MOST = 2_000_000;

    private final Place edge;
    private final SSLContext trust;
    private final HttpClient neighbour;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Histogram clicks = new Histogram(PATIENCE.toNanos() / 1_000 * 2, 2);
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    private ResetFlood(Place edge, SSLContext trust) {
        this.edge = edge;
        this.trust = trust;
        this.neighbour = HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    /** Starts the edge that will be attacked, with a certificate of its own. */
    static ResetFlood at(World world) throws LoadtestFailure {
        try {
            TestCertificate certificate = TestCertificate.make("EC");
            Path folder = Files.createTempDirectory("influtrace-drill-tls-");
            Path chain = folder.resolve("chain.pem");
            Path key = folder.resolve("key.pem");
            certificate.writeChain(chain);
            certificate.writeKey(key);
            Place edge = world.edgeAside(Map.of("TLS_CERT", chain.toString(), "TLS_KEY", key.toString()));
            ResetFlood flood = new ResetFlood(edge, certificate.trusting());
            // The first handshake of a JVM's life loads what TLS is made of, and takes as long as that does.
            for (int i = 0; i < WARM_UP; i++) {
                flood.click();
            }
            flood.clicks.reset();
            return flood;
        } catch (LoadtestFailure failed) {
            throw failed;
        } catch (Exception noCertificate) {
            throw new LoadtestFailure("No certificate: " + noCertificate.getMessage(), noCertificate);
        }
    }

    Place edge() {
        return edge;
    }

    /** One connection, until it is hung up on. */
    void attack() {
        try (SSLSocket socket =
                (SSLSocket) trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), edge.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            begun.incrementAndGet();
            flood(socket);
        } catch (IOException away) {
            wrong.add("no connection: " + away);
        }
    }

    private void flood(SSLSocket socket) {
        Http2Frames frames = new Http2Frames().preface();
        try {
            for (int i = 0; i < MOST; i++) {
                int stream = 2 * i + 1;
                frames.get(stream, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, "/p/" + Seed.SLUG)
                        .reset(stream);
                if (i % AT_ONCE == AT_ONCE - 1) {
                    socket.getOutputStream().write(frames.bytes());
                }
            }
            wrong.add("a connection reset " + MOST + " streams and lives");
        } catch (IOException hungUpOn) {
            ended.incrementAndGet();
        }
    }

    /** One honest click by HTTP/2. */
    void click() {
        long start = System.nanoTime();
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + edge.port() + "/p/" + Seed.SLUG))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<Void> answer = neighbour.send(request, HttpResponse.BodyHandlers.discarding());
            clicks.recordValue((System.nanoTime() - start) / 1_000);
            if (answer.statusCode() != 302 || answer.version() != HttpClient.Version.HTTP_2) {
                wrong.add("the neighbour was answered " + answer.statusCode() + " by " + answer.version());
            }
        } catch (IOException failed) {
            wrong.add("the neighbour's click failed: " + failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes whether each flood was hung up on while the neighbour was served; call when both are over. */
    void judge(Stage stage) {
        stage.hold(
                "http/2",
                wrong.isEmpty()
                        && begun.get() > 0
                        && ended.get() == begun.get()
                        && clicks.getTotalCount() > 0
                        && clicks.getMaxValue() <= BLINK_MICROS,
                "%,d floods of resets hung up on, %,d clicks beside them, %s%s"
                        .formatted(
                                ended.get(),
                                clicks.getTotalCount(),
                                Guarantees.times(clicks),
                                wrong.isEmpty() ? "" : "; but " + wrong.size() + " wrong, first: " + wrong.peek()));
    }
}
