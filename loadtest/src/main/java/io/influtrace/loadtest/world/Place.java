package io.influtrace.loadtest.world;

import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Web;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where one edge or worker runs: the same ports and folder for one life after another. */
public final class Place {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SCRAPE = Duration.ofSeconds(5);

    private final String name;
    private final Path jar;
    private final List<String> javaOptions;
    private volatile Map<String, String> environment;
    private final Path folder;
    private final int port;
    private final int opsPort;
    private final AtomicInteger lives = new AtomicInteger();
    private volatile @Nullable Child child;

    /** Nothing runs there yet. */
    Place(
            String name,
            Path jar,
            List<String> javaOptions,
            Map<String, String> environment,
            Path folder,
            int port,
            int opsPort) {
        this.name = name;
        this.jar = jar;
        this.javaOptions = List.copyOf(javaOptions);
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.port = port;
        this.opsPort = opsPort;
    }

    public String name() {
        return name;
    }

    /** The public port. */
    public int port() {
        return port;
    }

    /** What its processes find in their environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Gives all lives to come another value of a variable. */
    public void change(String variable, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(variable, value);
        environment = Map.copyOf(changed);
    }

    /** Names the process that runs there now, unlike any before it. */
    public String life() {
        return name + "#" + lives.get();
    }

    /** Starts a process without waiting for it, with these variables beside its own. */
    public void launch(Map<String, String> more) throws LoadtestFailure {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        int life = lives.incrementAndGet();
        child = Child.start(
                name,
                Child.javaCommand(jar, javaOptions.toArray(String[]::new)),
                all,
                folder,
                folder.resolve(name + "-" + life + ".log"));
    }

    /** Starts a process and waits until it is ready. */
    public void start() throws LoadtestFailure {
        launch(Map.of());
        awaitReady();
    }

    public void awaitReady() throws LoadtestFailure {
        child().awaitReady(opsPort);
    }

    public boolean alive() {
        Child running = child;
        return running != null && running.alive();
    }

    /** Whether a load balancer would send requests there. */
    public boolean ready() throws LoadtestFailure {
        return alive() && ops("/health/ready").status() == 200;
    }

    /** What its private port answers; status 0 where it does not. */
    public Web.Reply ops(String path) throws LoadtestFailure {
        return Web.send(opsRequest(path), LOOK);
    }

    private HttpRequest.Builder opsRequest(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + opsPort + path));
    }

    /** What it says of itself; empty where it does not answer. */
    public Optional<Scrape> scrape() throws LoadtestFailure {
        if (!alive()) {
            return Optional.empty();
        }
        Web.Reply reply = Web.send(opsRequest("/metrics"), SCRAPE);
        return reply.fine() ? Optional.of(Scrape.parse(reply.text())) : Optional.empty();
    }

    /** The process that runs there, or ran last. */
    public Child child() throws LoadtestFailure {
        Child running = child;
        if (running == null) {
            throw new LoadtestFailure("The " + name + " was never started.");
        }
        return running;
    }

    /** Ends it as a power cut would. */
    public void kill() throws LoadtestFailure {
        child().kill();
    }

    /** Ends it in order; whatever never ran is ended already. */
    public void stop() {
        Child running = child;
        if (running != null) {
            running.stop();
        }
    }
}
