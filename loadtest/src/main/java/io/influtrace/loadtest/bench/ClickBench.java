package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the recording of a click costs: an edge on a living Redis against the same edge whose Redis stands still and whose
 * backlog is full, so that it answers and signs and counts, and keeps nothing.
 */
final class ClickBench implements Bench {

    private static final double BUDGET = 1.4;
    private static final double REDIS_BUDGET = 4;

    /** Long enough that no reply is given up while it is measured. */
    private static final String NEVER = "PT1H";

    /** Clicks that fill the backlog, with some to spare. */
    private static final long BACKLOG = 140_000;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        String script = bed.script("redirect.lua");
        RedisServer living = bed.redis("everysec");
        RedisServer standing = bed.redis("everysec");
        EdgeTables.publish(living.client());
        EdgeTables.publish(standing.client());
        Side with = new Side(bed.edge("clicks kept", living.url(), Map.of()), "", script);
        Side without =
                new Side(bed.edge("clicks not kept", standing.url(), Map.of("REDIS_DEADLINE", NEVER)), "", script);
        standing.client().close();
        standing.signal("STOP");
        long filled = 0;
        while (filled < BACKLOG) {
            filled += without.load(pace.warmUpSeconds()).requests();
        }
        with.warmUp(pace);
        Series redis = new Series();
        for (int round = 0; round < pace.rounds(); round++) {
            double before = living.cpuSeconds();
            long earlier = with.requests();
            with.measure(pace.seconds());
            redis.add((living.cpuSeconds() - before) * 1e6 / (with.requests() - earlier));
            without.measure(pace.seconds());
        }
        List<Row> rows = new ArrayList<>(with.rows());
        rows.addAll(without.rows());
        rows.add(Row.atMost("Redis with rows, index and counters, CPU µs a click", redis, "%.2f", REDIS_BUDGET));
        rows.add(Row.atMost("kept in not kept, CPU ratio", with.costIn(without), "%.2f", BUDGET));
        return rows;
    }
}
