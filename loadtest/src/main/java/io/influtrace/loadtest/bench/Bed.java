package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts what one bench needs and ends all of it: Java servers on core 0, Redis beside the load on core 1, so that Redis
 * costs the load and not the server.
 */
final class Bed implements AutoCloseable {

    static final int SERVER_CORE = 0;
    static final int LOAD_CORE = 1;

    /** The heap of every server, and the collector named: on small machines the JVM takes another in silence. */
    static final List<String> JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    /** This same Java. */
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    static final String ADMIN_TOKEN = "a-token-that-only-this-bench-knows";

    private final Path jars;
    private final Path folder;
    private final Deque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
    private int started;

    Bed(Path jars) throws IOException {
        this.jars = jars;
        this.folder = Files.createTempDirectory("influtrace-bench");
        // Whoever stops a bench halfway wants its servers gone too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "end"));
    }

    /** A Redis that keeps its promise by {@code fsync}: always or everysec. */
    RedisServer redis(String fsync, String... more) throws LoadtestFailure, IOException {
        RedisServer redis = RedisServer.start(fresh("redis"), Ports.anyFree(), fsync, List.of(more));
        running.push(redis);
        return redis;
    }

    /** A server of this jar's own, from which another is told apart. */
    Server bare(String kind, String... arguments) throws LoadtestFailure {
        int port = Ports.anyFree();
        List<String> all = new ArrayList<>(List.of("bare", kind, Integer.toString(port)));
        all.addAll(List.of(arguments));
        return java(kind, "loadtest", JAVA, JVM, port, Map.of(), all);
    }

    /** An edge with one event loop. */
    Server edge(String name, String redisUrl, Map<String, String> settings) throws LoadtestFailure {
        return edge(name, redisUrl, settings, JAVA, JVM);
    }

    Server edge(String name, String redisUrl, Map<String, String> settings, Path java, List<String> jvm)
            throws LoadtestFailure {
        int port = Ports.anyFree();
        Map<String, String> all = new HashMap<>(Map.of(
                "EDGE_PORT",
                Integer.toString(port),
                "EDGE_OPS_PORT",
                Integer.toString(Ports.anyFree()),
                "EDGE_EVENT_LOOPS",
                "1",
                "RATE_LIMIT",
                "1000000",
                "REDIS_URL",
                redisUrl,
                "DATA_DIR",
                fresh("data").toString()));
        all.putAll(settings);
        return java(name, "tracker-edge", java, jvm, port, all, List.of());
    }

    /** A worker; its API is at the server's address. */
    Server worker(String name, String redisUrl, Map<String, String> settings) throws LoadtestFailure {
        return worker(name, redisUrl, settings, JVM);
    }

    Server worker(String name, String redisUrl, Map<String, String> settings, List<String> jvm) throws LoadtestFailure {
        int port = Ports.anyFree();
        Map<String, String> all = new HashMap<>(Map.of(
                "WORKER_PORT", Integer.toString(port),
                "WORKER_OPS_PORT", Integer.toString(Ports.anyFree()),
                "ADMIN_TOKEN", ADMIN_TOKEN,
                "REDIS_URL", redisUrl,
                "DATA_DIR", fresh("data").toString()));
        all.putAll(settings);
        return java(name, "attribution-worker", JAVA, jvm, port, all, List.of());
    }

    /** Any program on the servers' core that listens on that port. */
    Server program(String name, int port, List<String> command) {
        return keep(Server.start(
                name, SERVER_CORE, port, fresh(name).resolve("log"), Map.of(), command, () -> answers(port)));
    }

    private Server java(
            String name,
            String module,
            Path java,
            List<String> jvm,
            int port,
            Map<String, String> settings,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar(module).toString()));
        command.addAll(arguments);
        return keep(Server.start(
                name, SERVER_CORE, port, fresh(module).resolve("log"), settings, command, () -> answers(port)));
    }

    /** The jar of a module. */
    Path jar(String module) {
        Path jar = jars.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new BenchFailure(jar + " is missing: build it with ./mvnw package.");
        }
        return jar.toAbsolutePath();
    }

    /** A file of this package, as a tool can read it. */
    String script(String name) throws IOException {
        Path script = folder.resolve(name);
        try (@Nullable InputStream in = Bed.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new BenchFailure(name + " is not in this jar.");
            }
            if (!Files.exists(script)) {
                Files.copy(in, script);
            }
        }
        return script.toString();
    }

    /** A folder that nobody used before. */
    Path fresh(String name) {
        try {
            return Files.createDirectories(folder.resolve(name + "-" + started++));
        } catch (IOException full) {
            throw new BenchFailure("No folder can be made in " + folder + ".", full);
        }
    }

    /** True where somebody listens on that port of this machine. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends one server before the rest. */
    void end(Server server) {
        running.remove(server);
        server.close();
    }

    private Server keep(Server server) {
        running.push(server);
        return server;
    }

    private synchronized void endAll() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception stubborn) {
                throw new BenchFailure("A server would not end.", stubborn);
            }
        }
    }

    @Override
    public void close() throws IOException {
        endAll();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
