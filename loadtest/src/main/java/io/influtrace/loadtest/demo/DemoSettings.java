package io.influtrace.loadtest.demo;

import io.influtrace.protocol.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the demo's processes listen and keep things; the same variables that the processes themselves read. */
record DemoSettings(
        int edgePort,
        int edgeOpsPort,
        int workerPort,
        int workerOpsPort,
        int storePort,
        Path data,
        Optional<String> adminToken) {

    /** Reads them, or throws {@link Settings.Wrong} with every mistake. */
    static DemoSettings of(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        int edge = settings.port("EDGE_PORT", 8080, "Where shoppers reach the edge.");
        int edgeOps = settings.port("EDGE_OPS_PORT", 9090, "The edge's private port.");
        int worker = settings.port("WORKER_PORT", 8081, "Where people reach the worker.");
        int workerOps = settings.port("WORKER_OPS_PORT", 9091, "The worker's private port.");
        int store = settings.port("STORE_PORT", 8082, "Where the demo store listens.");
        String data = settings.text("DATA_DIR", "data", "Where everything is kept.");
        Optional<String> token = settings.optional("ADMIN_TOKEN", "The first admin token.");
        settings.check();
        return new DemoSettings(
                edge,
                edgeOps,
                worker,
                workerOps,
                store,
                Path.of(data).toAbsolutePath().normalize(),
                token);
    }

    /**
     * Every port that must be free, under the variable that moves it. Redis's is not among them: the worker judges that
     * one itself, for it takes over a server that an earlier worker left behind when it was killed.
     */
    Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("EDGE_PORT", edgePort);
        ports.put("WORKER_PORT", workerPort);
        ports.put("STORE_PORT", storePort);
        ports.put("EDGE_OPS_PORT", edgeOpsPort);
        ports.put("WORKER_OPS_PORT", workerOpsPort);
        return ports;
    }

    String edgeUrl() {
        return "http://localhost:" + edgePort;
    }

    String workerUrl() {
        return "http://localhost:" + workerPort;
    }

    String storeUrl() {
        return "http://localhost:" + storePort;
    }
}
