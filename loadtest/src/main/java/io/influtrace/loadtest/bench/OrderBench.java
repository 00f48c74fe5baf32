package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Orders accepted with every byte on disk, against what Redis itself does of the same XADD at the same concurrency. The
 * store of both, and the load, lie on core 1; the edge, or Redis's own benchmark in its place, on core 0.
 */
final class OrderBench implements Bench {

    private static final double BUDGET = 0.7;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("always");
        EdgeTables.publish(redis.client());
        Server server = bed.edge("orders", redis.url(), Map.of());
        String path = "/api/v1/integrations/custom/" + EdgeTables.STORE + "/orders";
        Side edge = new Side(server, path, bed.script("orders.lua"));
        edge.warmUp(pace);
        Series own = new Series();
        Series ratio = new Series();
        Series redisMicros = new Series();
        for (int round = 0; round < pace.rounds(); round++) {
            own.add(ownRate(redis, pace));
            double before = redis.cpuSeconds();
            long requests = edge.requests();
            edge.measure(pace.seconds());
            redisMicros.add((redis.cpuSeconds() - before) * 1e6 / (edge.requests() - requests));
            ratio.add(edge.rate().last() / own.last());
        }
        List<Row> rows = new ArrayList<>(edge.rows());
        rows.add(Row.seen("Redis's own XADD, appendfsync always, requests/s", own.words("%.0f")));
        rows.add(Row.seen("Redis, CPU µs an order accepted", redisMicros.words("%.1f")));
        rows.add(Row.atLeast("orders in Redis's own, rate ratio", ratio, "%.2f", BUDGET));
        figures.note("edge.order.cpu.micros", edge.cpu().median());
        figures.note("redis.accept.cpu.micros", redisMicros.median());
        return rows;
    }

    private static double ownRate(RedisServer redis, Pace pace) {
        String number = Integer.toString(pace.seconds() * 10_000);
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(Bed.SERVER_CORE)));
        command.addAll(List.of("redis-benchmark", "-p", Integer.toString(redis.port()), "--csv"));
        command.addAll(List.of("-c", Integer.toString(Wrk.CONNECTIONS), "-n", number, "-r", "16"));
        command.addAll(List.of("XADD", "{p__rand_int__}own", "*", "v", "1", "k", "order", "in", "shop"));
        command.addAll(List.of("id", "shop/1763700000-12345", "src", "pixel", "at", "1763700000000"));
        command.addAll(List.of("rx", "1763700000000", "st", "connected", "val", "7900", "cur", "USD"));
        command.addAll(List.of("tok", "A".repeat(54)));
        String[] lines = Tool.run(command).strip().split("\n", -1);
        String[] values = lines[lines.length - 1].split("\",\"", -1);
        if (values.length < 2) {
            throw new BenchFailure(String.format(Locale.ROOT, "redis-benchmark said nothing readable: %s", lines[0]));
        }
        return Double.parseDouble(values[1]);
    }
}
