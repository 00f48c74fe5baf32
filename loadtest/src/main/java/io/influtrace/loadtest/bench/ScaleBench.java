package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * One and two edges, one and two workers, on one Redis and on a cluster of three masters. Two cores cannot carry more
 * work than one edge or one worker does; what they show is that a second process costs nothing beyond its own work, and
 * how many clicks and orders a Redis core takes, which is where throughput ends.
 */
final class ScaleBench implements Bench {

    private static final double BUDGET = 1.25;
    private static final int MASTERS = 3;
    private static final double SHARE = 0.01;

    /** Rounds for each worker before the first that counts: its compiler is hardest at work for 60,000 orders. */
    private static final int WARM_UP = 6;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer single = bed.redis("always");
        List<Row> rows = new ArrayList<>();
        try (RedisCluster cluster = RedisCluster.of(bed, MASTERS, "always")) {
            EdgeTables.publish(single.client());
            EdgeTables.publish(cluster.client());
            rows.addAll(edges(bed, pace, single, cluster));
            rows.addAll(workers(bed, pace, cluster));
        }
        return rows;
    }

    private static List<Row> edges(Bed bed, Pace pace, RedisServer single, RedisCluster cluster)
            throws IOException, LoadtestFailure {
        Clicks one = new Clicks(List.of(bed.edge("edge", single.url(), Map.of())), bed, single::cpuSeconds);
        Clicks two = new Clicks(two(bed, single.url()), bed, single::cpuSeconds);
        Clicks clustered = new Clicks(two(bed, cluster.url()), bed, cluster::cpuSeconds);
        List<Clicks> all = List.of(one, two, clustered);
        all.forEach(clicks -> clicks.warmUp(pace));
        for (int round = 0; round < pace.rounds(); round++) {
            all.forEach(clicks -> clicks.measure(pace.seconds()));
        }
        one.edges.forEach(bed::end);
        two.edges.forEach(bed::end);
        clustered.edges.forEach(bed::end);
        List<Row> rows = new ArrayList<>();
        rows.addAll(one.rows("1 edge, 1 Redis"));
        rows.addAll(two.rows("2 edges, 1 Redis"));
        rows.addAll(clustered.rows("2 edges, 3 masters"));
        rows.add(Row.seen("clicks/s at which one Redis core is full", "%.0f", 1e6 / two.redisCpu.median()));
        rows.add(Row.seen("edge cores that fill one Redis core", "%.1f", two.edgeCpu.median() / two.redisCpu.median()));
        rows.add(Row.atMost("two edges in one, CPU a click", two.edgeCpu.dividedBy(one.edgeCpu), "%.2f", BUDGET));
        rows.add(Row.atMost(
                "two edges on three masters in one on one, CPU a click",
                clustered.edgeCpu.dividedBy(one.edgeCpu),
                "%.2f",
                BUDGET));
        return rows;
    }

    private static List<Server> two(Bed bed, String redis) throws LoadtestFailure {
        return List.of(bed.edge("edge", redis, Map.of()), bed.edge("edge", redis, Map.of()));
    }

    private static List<Row> workers(Bed bed, Pace pace, RedisCluster cluster) throws IOException, LoadtestFailure {
        RedisServer first = bed.redis("always");
        RedisServer second = bed.redis("always");
        Orders one = Orders.of(bed, 1, first.url(), first.client(), first::cpuSeconds);
        Orders two = Orders.of(bed, 2, second.url(), second.client(), second::cpuSeconds);
        Orders clustered = Orders.of(bed, 2, cluster.url(), cluster.client(), cluster::cpuSeconds);
        List<Orders> all = List.of(one, two, clustered);
        int orders = pace.orders(SHARE);
        all.forEach(side -> side.warmUp(orders));
        for (int round = 0; round < pace.rounds(); round++) {
            all.forEach(side -> side.measure(orders));
        }
        List<Row> rows = new ArrayList<>();
        rows.addAll(one.rows("1 worker, 1 Redis"));
        rows.addAll(two.rows("2 workers, 1 Redis"));
        rows.addAll(clustered.rows("2 workers, 3 masters"));
        rows.add(Row.seen("orders/s at which one Redis core is full", "%.0f", 1e6 / two.redisCpu.median()));
        rows.add(Row.atMost("two workers in one, CPU an order", two.cpu().dividedBy(one.cpu()), "%.2f", BUDGET));
        return rows;
    }

    /** Clicks at some edges that share a core. */
    private static final class Clicks {
        private final List<Server> edges;
        private final String script;
        private final DoubleSupplier redis;
        private final Series rate = new Series();
        private final Series edgeCpu = new Series();
        private final Series redisCpu = new Series();

        Clicks(List<Server> edges, Bed bed, DoubleSupplier redis) throws IOException {
            this.edges = edges;
            this.script = bed.script("redirect.lua");
            this.redis = redis;
        }

        /** The compiler of each edge has to finish, and all share a core. */
        void warmUp(Pace pace) {
            double requests = 0;
            while (requests < (double) pace.warmUpRequests() * edges.size()) {
                requests += load(pace.warmUpSeconds());
            }
        }

        double load(int seconds) {
            return edges.parallelStream()
                    .mapToLong(edge ->
                            Wrk.run(Bed.LOAD_CORE, seconds, script, edge.url()).requests())
                    .sum();
        }

        void measure(int seconds) {
            double redisBefore = redis.getAsDouble();
            double before = cpu();
            double requests = load(seconds);
            edgeCpu.add((cpu() - before) * 1e6 / requests);
            redisCpu.add((redis.getAsDouble() - redisBefore) * 1e6 / requests);
            rate.add(requests / seconds);
        }

        private double cpu() {
            return edges.stream().mapToDouble(Server::cpuSeconds).sum();
        }

        List<Row> rows(String name) {
            return List.of(
                    Row.seen(name + ", clicks/s", rate.words("%.0f")),
                    Row.seen(name + ", edge CPU µs a click", edgeCpu.words("%.1f")),
                    Row.seen(name + ", Redis CPU µs a click", redisCpu.words("%.2f")));
        }
    }

    /** Orders at some workers that share a core. */
    private record Orders(
            Bed bed,
            List<Server> workers,
            OrderFeed feed,
            DoubleSupplier redis,
            Series rate,
            Series cpu,
            Series redisCpu) {

        static Orders of(
                Bed bed, int workers, String url, redis.clients.jedis.UnifiedJedis client, DoubleSupplier redis)
                throws LoadtestFailure {
            List<Server> servers = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                servers.add(bed.worker("worker", url, Map.of()));
            }
            OrderFeed feed = OrderFeed.of(client, WorkerBench.sown(servers.get(0)));
            servers.forEach(worker -> worker.signal("STOP"));
            return new Orders(bed, servers, feed, redis, new Series(), new Series(), new Series());
        }

        /** The compiler of each worker has to finish, and two share what is sent. */
        void warmUp(int orders) {
            for (int round = 0; round < WARM_UP * workers.size(); round++) {
                feed.add(WorkerBench.apart(feed, orders));
                settle();
            }
        }

        void measure(int orders) {
            feed.add(WorkerBench.apart(feed, orders));
            double redisBefore = redis.getAsDouble();
            double before = used();
            rate.add(orders / settle());
            cpu.add((used() - before) * 1e6 / orders);
            redisCpu.add((redis.getAsDouble() - redisBefore) * 1e6 / orders);
        }

        /** Seconds until all orders are settled; between two rounds the workers stand still, for other sides'. */
        private double settle() {
            workers.forEach(worker -> worker.signal("CONT"));
            double seconds = feed.awaitSettled() / 1e9;
            workers.forEach(worker -> worker.signal("STOP"));
            return seconds;
        }

        List<Row> rows(String name) {
            workers.forEach(worker -> worker.signal("CONT"));
            workers.forEach(bed::end);
            return List.of(
                    Row.seen(name + ", orders/s", rate.words("%.0f")),
                    Row.seen(name + ", worker CPU µs an order", cpu.words("%.0f")),
                    Row.seen(name + ", Redis CPU µs an order", redisCpu.words("%.0f")));
        }

        private double used() {
            return workers.stream().mapToDouble(Server::cpuSeconds).sum();
        }
    }
}
