package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.store.DemoStore;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Starts everything in order, says what to open, tells each verdict, and stops everything in the reverse order. */
public final class Demo {

    private static final Path WORKER_JAR = Path.of("attribution-worker/target/attribution-worker.jar");
    private static final Path EDGE_JAR = Path.of("tracker-edge/target/tracker-edge.jar");
    private static final Duration LOOK = Duration.ofMillis(500);

    private final DemoSettings settings;
    private final PrintStream out;
    private final Running running = new Running();

    private Demo(DemoSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Runs until the process is told to stop.
     *
     * @param environment settings by their variables
     * @throws LoadtestFailure when something cannot start, or dies
     */
    public static void run(Map<String, String> environment, PrintStream out) throws LoadtestFailure {
        Demo demo = new Demo(DemoSettings.of(environment), out);
        Runtime.getRuntime().addShutdownHook(new Thread(demo.running::stop, "stop"));
        try {
            demo.start();
        } finally {
            demo.running.stop();
        }
    }

    private void start() throws LoadtestFailure {
        Ports.free(settings.ports());
        Path logs = settings.data().resolve("run");
        out.println("Starting worker and edge; their logs are in " + logs);
        // No load balancer looks at the demo, so a stop need not wait for one.
        Map<String, String> common = Map.of("DATA_DIR", settings.data().toString(), "SHUTDOWN_LEAD", "PT0S");
        Child worker =
                running.add(Child.deployed("worker", WORKER_JAR, common, Path.of("."), logs.resolve("worker.log")));
        worker.awaitReady(settings.workerOpsPort());
        Child edge = running.add(Child.deployed("edge", EDGE_JAR, common, Path.of("."), logs.resolve("edge.log")));
        edge.awaitReady(settings.edgeOpsPort());

        AdminApi admin = new AdminApi(settings.workerUrl(), token());
        Seed seed = new Seed(admin, settings.edgeUrl(), settings.storeUrl());
        String integration = seed.sow();
        Vertx vertx = running.add(Vertx.vertx());
        openStore(vertx, integration);
        seed.connect(integration);

        OrderWatch watch = new OrderWatch(admin, out);
        watch.skipThePast();
        out.println(invitation());
        while (worker.alive() && edge.alive()) {
            Patience.pause(LOOK);
            try {
                watch.look();
            } catch (LoadtestFailure away) {
                // Whoever pressed Ctrl-C need not read that the worker went.
                if (running.stopped()) {
                    return;
                }
                throw away;
            }
        }
        if (running.stopped()) {
            return;
        }
        throw new LoadtestFailure((worker.alive() ? "The edge" : "The worker") + " stopped by itself:\n"
                + (worker.alive() ? edge : worker).lastWords());
    }

    private void openStore(Vertx vertx, String integration) throws LoadtestFailure {
        String snippet = Snippet.of(settings.edgeUrl(), integration);
        try {
            DemoStore.open(vertx, settings.storePort(), snippet, new SecureRandom())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new LoadtestFailure(
                    "The store could not open on port " + settings.storePort() + ": " + e.getMessage(), e);
        }
    }

    private String token() throws LoadtestFailure {
        if (settings.adminToken().isPresent()) {
            return settings.adminToken().get();
        }
        try {
            return Files.readString(tokenFile()).strip();
        } catch (IOException e) {
            throw new LoadtestFailure("The worker left no admin token in " + tokenFile() + ".", e);
        }
    }

    private Path tokenFile() {
        return settings.data().resolve("admin-token");
    }

    private String invitation() {
        String link = settings.edgeUrl() + "/p/" + Seed.SLUG;
        return """

                InfluTrace is running.

                  Click as a shopper   %s/ava    (or %s/ben)
                  The store            %s/     codes AVA10 and BEN10
                  The back office      %s/
                  Admin token          %s

                Every order's verdict appears below. Ctrl-C stops everything.
                """.formatted(
                        link,
                        link,
                        settings.storeUrl(),
                        settings.workerUrl(),
                        settings.adminToken().isPresent() ? "ADMIN_TOKEN, as you set it" : tokenFile());
    }
}
