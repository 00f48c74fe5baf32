package io.influtrace.worker.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.influtrace.protocol.redis.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real {@code redis-server} of its own for a test class, on a free loopback port, with AOF {@code always}; empty before
 * each test. Register it as a static field. Where none is installed the class is skipped, or fails with
 * {@code REQUIRE_REDIS=1}.
 */
public final class RedisServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final int START_TRIES = 5;

    private final List<String> options;
    private @Nullable Path folder;
    private @Nullable Process process;
    private int port;

    private RedisServer(List<String> options) {
        this.options = List.copyOf(options);
    }

    /** A server as production wants it, and what else is said: {@code with("--appendonly", "no")}. */
    public static RedisServer with(String... options) {
        return new RedisServer(List.of(options));
    }

    /** Where it listens; the port stays the same over {@link #kill()} and {@link #startAgain()}. */
    public RedisAddress address() {
        return RedisAddress.local(port);
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends it at once, as kill -9 does; its data stays. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            process = null;
        }
    }

    /** Starts it again on the same port and data. */
    public void startAgain() throws IOException {
        if (!launched()) {
            throw new IOException("redis-server did not come back on port " + port);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (!installed()) {
            if ("1".equals(System.getenv("REQUIRE_REDIS"))) {
                throw new IOException("REQUIRE_REDIS=1 and no redis-server on the PATH");
            }
            Assumptions.abort("no redis-server on the PATH");
        }
        folder = Files.createTempDirectory("influtrace-redis");
        for (int i = 0; i < START_TRIES; i++) {
            port = freePort();
            if (launched()) {
                return;
            }
        }
        throw new IOException("redis-server did not start in " + START_TRIES + " tries");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (process == null) {
            startAgain();
        }
        if (!"+OK".equals(say("FLUSHALL"))) {
            throw new IOException("redis-server was not emptied");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        kill();
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(RedisServer::delete);
            }
        }
    }

    private boolean launched() throws IOException {
        if (folder == null) {
            throw new IllegalStateException("register this as a static @RegisterExtension field");
        }
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--save", ""));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(options);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        process = started;
        try {
            Await.until("redis-server answers or ends", () -> !started.isAlive() || answers());
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException(failed);
        }
        return started.isAlive();
    }

    private boolean answers() {
        try {
            return "+PONG".equals(say("PING"));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Says one inline command and returns the first line of the answer, on a connection of its own. */
    private String say(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\r';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        }
    }

    private static boolean installed() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
