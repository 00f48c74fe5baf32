package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.store.DemoStore;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Both jars as processes with ports and folders of their own, a store, and an admin: the product as it is deployed. */
public final class Deployment implements AutoCloseable {

    private static final Path WORKER_JAR = Path.of("../attribution-worker/target/attribution-worker.jar");
    private static final Path EDGE_JAR = Path.of("../tracker-edge/target/tracker-edge.jar");
    private static final String TOKEN = "an-admin-token-that-only-this-test-knows";

    private final Running running = new Running();
    private final int edgePort = Ports.anyFree();
    private final int storePort = Ports.anyFree();
    private final AdminApi admin;

    private Deployment(Path folder, Map<String, String> redis) throws LoadtestFailure {
        int workerPort = Ports.anyFree();
        int workerOps = Ports.anyFree();
        int edgeOps = Ports.anyFree();
        Map<String, String> environment = new HashMap<>(redis);
        environment.put("DATA_DIR", folder.resolve("data").toString());
        environment.put("ADMIN_TOKEN", TOKEN);
        environment.put("EDGE_PORT", Integer.toString(edgePort));
        environment.put("EDGE_OPS_PORT", Integer.toString(edgeOps));
        environment.put("WORKER_PORT", Integer.toString(workerPort));
        environment.put("WORKER_OPS_PORT", Integer.toString(workerOps));
        Child worker = running.add(Child.java("worker", WORKER_JAR, environment, folder, folder.resolve("worker.log")));
        worker.awaitReady(workerOps);
        Child edge = running.add(Child.java("edge", EDGE_JAR, environment, folder, folder.resolve("edge.log")));
        edge.awaitReady(edgeOps);
        admin = new AdminApi("http://localhost:" + workerPort, TOKEN);
    }

    /** On a Redis server of its own. */
    public static Deployment onRedis(Path folder) throws LoadtestFailure {
        return onRedis(folder, Map.of());
    }

    /** The same, with further settings for both processes. */
    static Deployment onRedis(Path folder, Map<String, String> settings) throws LoadtestFailure {
        RedisProcess redis = RedisProcess.start(Ports.anyFree(), folder, List.of());
        try {
            Map<String, String> all = new HashMap<>(settings);
            all.put("REDIS_URL", redis.url());
            Deployment deployment = new Deployment(folder, all);
            deployment.running.addFirst(redis::stop);
            return deployment;
        } catch (LoadtestFailure failed) {
            redis.stop();
            throw failed;
        }
    }

    /** On the Redis that the worker brings along. */
    static Deployment onEmbeddedRedis(Path folder) throws LoadtestFailure {
        return new Deployment(folder, Map.of("REDIS_URL", "", "REDIS_PORT", Integer.toString(Ports.anyFree())));
    }

    /** Sows the demo's campaign and opens the store; its integration is pending. */
    String openStore() throws LoadtestFailure {
        String integration = seed().sow();
        Vertx vertx = running.add(Vertx.vertx());
        DemoStore.open(vertx, storePort, Snippet.of(edgeUrl(), integration), new Random(11))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return integration;
    }

    /** Lets the store be seen and verifies it. */
    void connect(String integration) throws LoadtestFailure {
        seed().connect(integration);
    }

    public AdminApi admin() {
        return admin;
    }

    public String edgeUrl() {
        return "http://localhost:" + edgePort;
    }

    String storeUrl() {
        return "http://localhost:" + storePort;
    }

    /** The same store under another origin. */
    String strangeStoreUrl() {
        return "http://127.0.0.1:" + storePort;
    }

    private Seed seed() {
        return new Seed(admin, edgeUrl(), storeUrl());
    }

    @Override
    public void close() {
        running.stop();
    }
}
