package io.influtrace.edge;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Three masters of a Redis Cluster, which goes on while one of them is dead. */
final class RealCluster implements BeforeAllCallback, AfterAllCallback {

    private static final Path SERVER = Path.of("/usr/bin/redis-server");
    private static final Path SHELL = Path.of("/usr/bin/redis-cli");
    private static final int MASTERS = 3;

    /** The bus listens ten thousand above, where there must be a port. */
    private static final int HIGHEST_PORT = 55_000;

    private final List<Integer> ports = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private Path folder = Path.of("");

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (!Files.isExecutable(SERVER) || !Files.isExecutable(SHELL)) {
            if ("1".equals(System.getenv("REQUIRE_REDIS"))) {
                throw new IllegalStateException("REQUIRE_REDIS=1 but there is no " + SERVER + " or " + SHELL);
            }
            Assumptions.abort("no " + SERVER + " or " + SHELL);
        }
        folder = Files.createTempDirectory("edge-cluster");
        while (ports.size() < MASTERS) {
            try (ServerSocket free = new ServerSocket(0)) {
                if (free.getLocalPort() < HIGHEST_PORT) {
                    ports.add(free.getLocalPort());
                }
            }
        }
        for (int i = 0; i < MASTERS; i++) {
            processes.add(launch(i));
        }
        List<String> create = new ArrayList<>(List.of("--cluster", "create"));
        ports.forEach(port -> create.add("127.0.0.1:" + port));
        create.addAll(List.of("--cluster-yes"));
        Await.until("every server answers", () -> ports.stream().allMatch(port -> ping(port)));
        shell(create);
        Await.until(
                "all slots are served",
                () -> ports.stream()
                        .allMatch(port -> call(port, "CLUSTER", "INFO").contains("cluster_state:ok")));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    String url() {
        return "redis-cluster://"
                + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** One command to whichever master it belongs to. */
    String call(String... words) {
        int living = 0;
        while (!processes.get(living).isAlive()) {
            living++;
        }
        return call(ports.get(living), words);
    }

    /** Which master a key lies on, as {@code redis-cli --cluster create} deals the slots out. */
    int ownerOf(String key) {
        int slot = Integer.parseInt(call("CLUSTER", "KEYSLOT", key));
        return slot < 5_461 ? 0 : slot < 10_923 ? 1 : 2;
    }

    void kill(int master) throws InterruptedException {
        processes.get(master).destroyForcibly().waitFor();
    }

    void start(int master) throws Exception {
        processes.set(master, launch(master));
        Await.until("it answers again", () -> ping(ports.get(master)));
    }

    private Process launch(int master) throws IOException {
        Path own = Files.createDirectories(folder.resolve("master-" + master));
        return new ProcessBuilder(
                        SERVER.toString(),
                        "--port",
                        "" + ports.get(master),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        own.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--cluster-enabled",
                        "yes",
                        "--cluster-node-timeout",
                        "2000",
                        "--cluster-require-full-coverage",
                        "no")
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile())
                .start();
    }

    private boolean ping(int port) {
        return call(port, "PING").equals("PONG");
    }

    private String call(int port, String... words) {
        List<String> command = new ArrayList<>(List.of("-c", "-h", "127.0.0.1", "-p", "" + port));
        command.addAll(List.of(words));
        return shell(command);
    }

    private String shell(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(SHELL.toString()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
