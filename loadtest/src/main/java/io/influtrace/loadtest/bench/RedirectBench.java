package io.influtrace.loadtest.bench;

import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.redis.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The production redirect (route, class, token, click kept in a real Redis, own metrics) against Vert.x's bare fixed 302,
 * in turn in one run. Both servers have one event loop and the same JVM flags and are pinned to core 0; the load and
 * Redis share core 1, so Redis costs the load and not the server.
 */
public final class RedirectBench {

    /** The most CPU that a production redirect may cost, in bare ones. */
    static final double BUDGET = 2.0;

    private static final int ROUNDS = 5;
    private static final int SECONDS = 6;
    private static final int WARM_UP_SECONDS = 12;
    private static final int LINKS = 100;
    private static final int CREATORS = 1_000;
    private static final int SERVER_CORE = 0;
    private static final int LOAD_CORE = 1;
    private static final List<String> JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    private final PrintStream out;
    private final Path folder;
    private final Path jars;

    private RedirectBench(PrintStream out, Path folder, Path jars) {
        this.out = out;
        this.folder = folder;
        this.jars = jars;
    }

    /**
     * Runs the bench and prints its table.
     *
     * @param jars the folder of the modules
     * @return true where the budget is met
     */
    public static boolean run(PrintStream out, Path jars) throws IOException {
        return new RedirectBench(out, Files.createTempDirectory("influtrace-bench"), jars).measure();
    }

    /** The bare server of the comparison, until it is killed. */
    public static void bare(int port) {
        BareServer.run(port);
    }

    private boolean measure() throws IOException {
        int redisPort = freePort();
        int barePort = freePort();
        int edgePort = freePort();
        String script = script();
        try (Server redis = redis(redisPort)) {
            publish(redisPort);
            try (Server bare =
                            java("bare 302", "loadtest", barePort, Map.of(), "bare-302", Integer.toString(barePort));
                    Server edge = java("edge", "tracker-edge", edgePort, edgeSettings(edgePort, redisPort))) {
                String bareUrl = "http://127.0.0.1:" + barePort;
                String edgeUrl = "http://127.0.0.1:" + edgePort;
                Wrk.run(LOAD_CORE, WARM_UP_SECONDS, script, bareUrl);
                Wrk.run(LOAD_CORE, WARM_UP_SECONDS, script, edgeUrl);
                Side a = new Side();
                Side b = new Side();
                Series ratios = new Series();
                Series redisCpu = new Series();
                for (int round = 0; round < ROUNDS; round++) {
                    double bareCpu = a.measure(bare, bareUrl, script);
                    double before = redis.cpuSeconds();
                    long clicksBefore = b.requests;
                    double edgeCpu = b.measure(edge, edgeUrl, script);
                    redisCpu.add((redis.cpuSeconds() - before) * 1e6 / (b.requests - clicksBefore));
                    ratios.add(edgeCpu / bareCpu);
                }
                return print(a, b, ratios, redisCpu);
            }
        }
    }

    /** One server's rounds. */
    private static final class Side {
        private final Series cpu = new Series();
        private final Series rate = new Series();
        private long requests;
        private long failed;

        double measure(Server server, String url, String script) {
            double before = server.cpuSeconds();
            Wrk run = Wrk.run(LOAD_CORE, SECONDS, script, url);
            double micros = (server.cpuSeconds() - before) * 1e6 / run.requests();
            cpu.add(micros);
            rate.add(run.rate());
            requests += run.requests();
            failed += run.failed();
            return micros;
        }
    }

    private boolean print(Side bare, Side edge, Series ratios, Series redisCpu) {
        out.printf(
                Locale.ROOT,
                "redirect: %d rounds of %d s in turn, one event loop on core %d, wrk -t1 -c32 and Redis on core %d%n",
                ROUNDS,
                SECONDS,
                SERVER_CORE,
                LOAD_CORE);
        out.printf("  %-28s %s%n", "", "median (least to most)");
        out.printf("  %-28s %s%n", "bare 302, CPU µs/request", bare.cpu.words("%.1f"));
        out.printf("  %-28s %s%n", "production, CPU µs/request", edge.cpu.words("%.1f"));
        out.printf("  %-28s %s%n", "bare 302, requests/s", bare.rate.words("%.0f"));
        out.printf("  %-28s %s%n", "production, requests/s", edge.rate.words("%.0f"));
        out.printf("  %-28s %s%n", "Redis, CPU µs/click", redisCpu.words("%.2f"));
        out.printf("  %-28s %s, budget %.1f%n", "CPU ratio, pair by pair", ratios.words("%.2f"), BUDGET);
        long failed = bare.failed + edge.failed;
        if (failed > 0) {
            out.println("  " + failed + " requests failed: the figures do not count");
        }
        return failed == 0 && ratios.median() <= BUDGET;
    }

    private Server redis(int port) {
        List<String> command = List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--maxmemory-policy",
                "noeviction");
        return Server.start("Redis", LOAD_CORE, folder.resolve("redis.log"), Map.of(), command, () -> answers(port));
    }

    private Server java(String name, String module, int port, Map<String, String> settings, String... arguments) {
        Path jar = jars.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new BenchFailure(jar + " is missing: build it with ./mvnw package.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return Server.start(name, SERVER_CORE, folder.resolve(module + ".log"), settings, command, () -> answers(port));
    }

    private Map<String, String> edgeSettings(int port, int redisPort) throws IOException {
        return Map.of(
                "EDGE_PORT", Integer.toString(port),
                "EDGE_OPS_PORT", Integer.toString(freePort()),
                "EDGE_EVENT_LOOPS", "1",
                "REDIS_URL", "redis://127.0.0.1:" + redisPort,
                "DATA_DIR", folder.resolve("data").toString());
    }

    /** Writes the links and creators as the worker would, before the edge starts. */
    private static void publish(int redisPort) {
        for (int link = 0; link < LINKS; link++) {
            LinkRecord record = new LinkRecord(
                    "link-" + link,
                    link + 1,
                    30,
                    "https://shop.example.com/product/" + link + "?colour=blue",
                    Optional.empty(),
                    Map.of("utm_source", "influtrace", "utm_medium", "creator"),
                    PassQuery.FILL,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of("shop"));
            redisCli(redisPort, "HSET", Keys.EDGE_LINKS, record.slug(), record.write());
        }
        for (int creator = 0; creator < CREATORS; creator++) {
            redisCli(redisPort, "HSET", Keys.EDGE_CREATORS, "creator" + creator, Integer.toString(creator + 2));
        }
    }

    private static void redisCli(int port, String... command) {
        List<String> full = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        full.addAll(List.of(command));
        Tool.run(full);
    }

    private String script() throws IOException {
        Path script = folder.resolve("redirect.lua");
        try (@Nullable InputStream in = RedirectBench.class.getResourceAsStream("redirect.lua")) {
            if (in == null) {
                throw new BenchFailure("redirect.lua is not in this jar.");
            }
            Files.copy(in, script);
        }
        return script.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
