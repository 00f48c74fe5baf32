package io.influtrace.edge;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A redis-server of the machine, on a free port and in a folder of its own, for one test class. */
public final class RealRedis implements BeforeAllCallback, AfterAllCallback {

    /** As the PATH has it; where it has none, a name that is not there. */
    private static final Path BINARY = Arrays.stream(
                    String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "redis-server"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("redis-server"));

    private final List<String> options;
    private Path folder;
    private Process process;
    private int port;
    private Vertx vertx;
    private Redis client;

    @SuppressWarnings("NullAway.Init") // JUnit calls beforeAll before anything else.
    private RealRedis(List<String> options) {
        this.options = options;
    }

    /** With an append-only file, as an edge demands. */
    public static RealRedis durable() {
        return new RealRedis(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
    }

    /** With these options only. */
    public static RealRedis with(String... options) {
        return new RealRedis(List.of(options));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (!Files.isExecutable(BINARY)) {
            if ("1".equals(System.getenv("REQUIRE_REDIS"))) {
                throw new IllegalStateException("REQUIRE_REDIS=1 but there is no " + BINARY);
            }
            Assumptions.abort("no " + BINARY);
        }
        folder = Files.createTempDirectory("edge-redis");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        vertx = Vertx.vertx();
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        kill();
    }

    /** Starts it, again with what its files hold. */
    public void start() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                BINARY.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", "" + folder));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("redis listens", () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
        client = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + port)
                        .setProtocolNegotiation(false));
        Await.until("redis answers", () -> {
            try {
                return text("PING").equals("PONG");
            } catch (IllegalStateException loading) {
                return false;
            }
        });
    }

    /** Kills it as a power cut would. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Stops (SIGSTOP) or continues it. */
    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Where it keeps its files. */
    public Path folder() {
        return folder;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** One command, its reply, null for a nil; an error is an {@link IllegalStateException}. */
    public @Nullable Response call(String command, Object... arguments) {
        Request request = Request.cmd(Command.create(command));
        for (Object argument : arguments) {
            if (argument instanceof byte[] bytes) {
                request.arg(bytes);
            } else {
                request.arg(String.valueOf(argument));
            }
        }
        try {
            return client.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The number that a command replies; 0 for nil. */
    public long number(String command, Object... arguments) {
        Response reply = call(command, arguments);
        return reply == null ? 0 : Long.parseLong(reply.toString());
    }

    /** The text that a command replies; empty for nil. */
    public String text(String command, Object... arguments) {
        Response reply = call(command, arguments);
        return reply == null ? "" : reply.toString();
    }

    /** Forgets all data. */
    public void clear() {
        call("FLUSHALL");
    }
}
