package io.influtrace.loadtest.world;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.demo.Seed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.world.Plan.Proxied;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Redis server, edges, workers and a connected store, as processes of this machine with ports of the system's choice. */
public final class World implements AutoCloseable {

    /** The one origin from which the store's pages send their orders. */
    public static final String ORIGIN = "https://shop.example";

    private static final String TOKEN = "an-admin-token-that-only-the-drills-know";

    private final Plan plan;
    private final Path root;
    private final Path folder;
    private volatile RedisProcess redis;
    private final Optional<Proxy> proxy;
    private final List<Place> edges = new ArrayList<>();
    private final List<Place> workers = new ArrayList<>();
    private final List<Place> aside = new CopyOnWriteArrayList<>();
    private Optional<Balancer> balancer = Optional.empty();
    private final Thread whenStopped = new Thread(this::stopAll, "stop");
    private String integration = "";

    private World(Plan plan, Path root, Path folder, RedisProcess redis, Optional<Proxy> proxy) {
        this.plan = plan;
        this.root = root;
        this.folder = folder;
        this.redis = redis;
        this.proxy = proxy;
    }

    /**
     * Starts everything and seeds it.
     *
     * @param root of the checkout, below which the jars lie
     * @param folder takes data and logs
     */
    public static World open(Plan plan, Path root, Path folder) throws LoadtestFailure {
        RedisProcess redis = RedisProcess.start(Ports.anyFree(), folder.resolve("redis"), List.of(), plan.redis());
        World world = new World(
                plan,
                root,
                folder,
                redis,
                plan.proxied() == Proxied.NOBODY ? Optional.empty() : Optional.of(Proxy.before(redis.port())));
        // Whoever presses Ctrl-C wants no processes left behind.
        Runtime.getRuntime().addShutdownHook(world.whenStopped);
        try {
            world.populate();
            return world;
        } catch (LoadtestFailure failed) {
            world.close();
            throw failed;
        }
    }

    private void populate() throws LoadtestFailure {
        Path workerJar = root.resolve("attribution-worker/target/attribution-worker.jar");
        String workerRedis = plan.proxied() == Proxied.EVERYBODY ? edgeRedis() : redis.url();
        for (int i = 1; i <= plan.workers(); i++) {
            workers.add(place("worker-" + i, "WORKER", workerJar, workerRedis));
        }
        for (int i = 1; i <= plan.edges(); i++) {
            edges.add(edge("edge-" + i));
        }
        for (Place place : all()) {
            place.launch(Map.of());
        }
        for (Place place : all()) {
            place.awaitReady();
        }
        Seed seed = new Seed(admin(), "http://127.0.0.1:" + edges.get(0).port(), ORIGIN);
        integration = seed.sow();
        seed.connect(integration);
        balancer = Optional.of(Balancer.over(edges));
    }

    private String edgeRedis() {
        return proxy.map(Proxy::url).orElse(redis.url());
    }

    private Place edge(String name) throws LoadtestFailure {
        return place(name, "EDGE", root.resolve("tracker-edge/target/tracker-edge.jar"), edgeRedis());
    }

    private Place place(String name, String prefix, Path jar, String redisUrl) throws LoadtestFailure {
        int port = Ports.anyFree();
        int opsPort = Ports.anyFree();
        Map<String, String> environment = new HashMap<>(plan.environment());
        environment.put("REDIS_URL", redisUrl);
        environment.put("ADMIN_TOKEN", TOKEN);
        environment.put("DATA_DIR", folder.resolve(name).toString());
        environment.put(prefix + "_PORT", Integer.toString(port));
        environment.put(prefix + "_OPS_PORT", Integer.toString(opsPort));
        return new Place(name, jar, plan.javaOptions(), environment, folder, port, opsPort);
    }

    /** One more edge to which no shopper is sent, with these variables beside its own; ready when it returns. */
    public Place edgeAside(Map<String, String> more) throws LoadtestFailure {
        Place place = edge("edge-aside-" + (aside.size() + 1));
        aside.add(place);
        place.launch(more);
        place.awaitReady();
        return place;
    }

    public RedisProcess redis() {
        return redis;
    }

    /** Says that another server is the master now; the one before is stopped by whoever replaced it. */
    public void promote(RedisProcess master) {
        redis = master;
        proxy.ifPresent(between -> between.lead(master.port()));
    }

    /** What stands between the edges and Redis. */
    public Proxy proxy() {
        return proxy.orElseThrow();
    }

    public List<Place> edges() {
        return List.copyOf(edges);
    }

    public List<Place> workers() {
        return List.copyOf(workers);
    }

    public Balancer balancer() {
        return balancer.orElseThrow();
    }

    /** The store's integration. */
    public String integration() {
        return integration;
    }

    /** The API of a worker that lives. */
    public AdminApi admin() {
        Place worker = workers.stream().filter(Place::alive).findFirst().orElse(workers.get(0));
        return new AdminApi("http://127.0.0.1:" + worker.port(), TOKEN);
    }

    /** What lets anybody in as an admin. */
    public String adminToken() {
        return TOKEN;
    }

    /** Every process of the product that serves the shoppers. */
    public List<Place> all() {
        List<Place> all = new ArrayList<>(workers);
        all.addAll(edges);
        return all;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(whenStopped);
        } catch (IllegalStateException stopping) {
            // The hook does it already.
            return;
        }
        stopAll();
    }

    private void stopAll() {
        balancer.ifPresent(Balancer::close);
        aside.forEach(Place::stop);
        edges.forEach(Place::stop);
        workers.forEach(Place::stop);
        proxy.ifPresent(Proxy::close);
        redis.stop();
    }
}
