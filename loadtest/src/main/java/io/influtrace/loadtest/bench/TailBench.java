package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.load.Load;
import io.influtrace.loadtest.load.LoadPlan;
import io.influtrace.loadtest.load.Shop;
import io.influtrace.loadtest.load.Tally;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tail at half of the edge's limit: open-loop load at one and the same rate, latency from the due time, on the
 * production redirect and on the bare one, both after their compilers have fallen silent.
 */
final class TailBench implements Bench {

    private static final double BUDGET = 2.0;
    private static final double MOST_RATE = 12_000;

    /** A tail is the machine's scheduler too, and scatters tenfold from round to round. */
    private static final int ROUNDS_FOR_ONE = 2;

    private static final Shop SHOP =
            new Shop("link-", EdgeTables.LINKS, "creator", EdgeTables.CREATORS, EdgeTables.STORE, EdgeTables.ORIGIN);

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("everysec");
        EdgeTables.publish(redis.client());
        Server bare = bed.bare(BareServers.VERTX_302);
        Server edge = bed.edge("production redirect", redis.url(), Map.of());
        String script = bed.script("redirect.lua");
        Side limit = new Side(edge, "", script);
        for (Side side : List.of(new Side(bare, "", script), limit)) {
            side.warmUp(pace);
            side.settle(pace);
        }
        limit.measure(pace.seconds());
        // What the load itself may take of its core, which Redis shares; else its own queue would be measured.
        double rate = Math.min(limit.rate().median() / 2, MOST_RATE);
        send(bare, rate, pace);
        send(edge, rate, pace);
        Tail bareTail = new Tail();
        Tail edgeTail = new Tail();
        boolean whole = true;
        for (int round = 0; round < ROUNDS_FOR_ONE * pace.rounds(); round++) {
            whole &= bareTail.add(send(bare, rate, pace));
            whole &= edgeTail.add(send(edge, rate, pace));
        }
        List<Row> rows = new ArrayList<>();
        rows.add(Row.seen("rate of both, arrivals/s", "%.0f", rate));
        rows.addAll(bareTail.rows(bare.name()));
        rows.addAll(edgeTail.rows(edge.name()));
        rows.add(Row.seen("the load itself, CPU µs a request", edgeTail.cpu.words("%.1f")));
        rows.add(Row.must("every request answered as it asked", whole));
        rows.add(Row.atMost(
                "production in bare Vert.x, p99 ratio", edgeTail.p99.dividedBy(bareTail.p99), "%.2f", BUDGET));
        return rows;
    }

    private static final class Tail {
        private final Series p50 = new Series();
        private final Series p99 = new Series();
        private final Series p999 = new Series();
        private final Series cpu = new Series();

        boolean add(Tally tally) {
            p50.add(tally.percentile(50));
            p99.add(tally.percentile(99));
            p999.add(tally.percentile(99.9));
            cpu.add(tally.cpuMicrosPerRequest());
            return tally.lost().isEmpty() && tally.unexpected() == 0;
        }

        List<Row> rows(String name) {
            return List.of(
                    Row.seen(name + ", p50 ms", p50.words("%.2f")),
                    Row.seen(name + ", p99 ms", p99.words("%.2f")),
                    Row.seen(name + ", p99.9 ms", p999.words("%.2f")));
        }
    }

    static Tally send(Server server, double rate, Pace pace) throws LoadtestFailure {
        LoadPlan plan = new LoadPlan(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())),
                rate,
                Duration.ofSeconds(pace.seconds() + 1L),
                Duration.ofSeconds(1),
                Wrk.CONNECTIONS,
                "click=1",
                42);
        return Load.run(plan, SHOP, "tail");
    }
}
