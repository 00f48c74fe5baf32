package io.influtrace.loadtest.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.RedisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault that is not injected as it says proves nothing. */
class ProxyTest {

    @TempDir
    static Path folder = Path.of("");

    private static RedisProcess redis;

    @BeforeAll
    static void start() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        redis = RedisProcess.start(Ports.anyFree(), folder, List.of());
    }

    @AfterAll
    static void stop() {
        redis.stop();
    }

    @Test
    void whatIsCutHasHappenedAndNobodyIsTold() throws Exception {
        try (Proxy proxy = Proxy.before(redis.port())) {
            assertThat(ask(proxy, "XADD cut * a 1\r\n")).startsWith("$");
            proxy.cutAfterOrders(1);
            assertThat(ask(proxy, "PING\r\n")).isEqualTo("+PONG");
            assertThat(ask(proxy, "XADD cut * a 2\r\n")).isEmpty();
            assertThat(ask(proxy, "XADD cut * a 3\r\n")).startsWith("$");
            assertThat(redis.call("XLEN", "cut")).isEqualTo("3");
            assertThat(proxy.cuts()).isEqualTo(1);
        }
    }

    @Test
    void aDelayHoldsInBothDirectionsAndBytesStayInOrder() throws Exception {
        try (Proxy proxy = Proxy.before(redis.port())) {
            proxy.weather(new Weather(Duration.ofMillis(50), 0.2, 20_000));
            long start = System.nanoTime();
            assertThat(ask(proxy, "ECHO " + "0123456789".repeat(300) + "\r\n")).isEqualTo("$3000");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void aPartedNetworkRefusesUntilItIsJoined() throws Exception {
        try (Proxy proxy = Proxy.before(redis.port())) {
            proxy.part();
            assertThat(ask(proxy, "PING\r\n")).isEmpty();
            proxy.join();
            assertThat(ask(proxy, "PING\r\n")).isEqualTo("+PONG");
        }
    }

    /** The first line of the reply; empty where the connection ended without one. */
    private static String ask(Proxy proxy, String command) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
                line.append((char) next);
            }
            return line.toString();
        } catch (SocketException reset) {
            return "";
        }
    }
}
