package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A journal that reached its bound: clicks beyond it leave no record, are counted, and still earn their credit. */
record JournalFull() implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "journal-full";
    }

    @Override
    public String does() {
        return "Redis is away until the edge's journal of one mebibyte is full of clicks.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).with("JOURNAL_MIB", "1");
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused", "InfluTraceClicksInJournal", "InfluTraceClicksDropped");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceDirectoryStale", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.world().redis().kill();
        stage.shoppers(Pace.CLICKS);
        boolean full = Patience.until(PATIENCE, () -> dropped(stage) > 0);
        stage.world().redis().again();
        long dropped = dropped(stage);
        stage.hold("full", full, "%d clicks were dropped and counted".formatted(dropped));
    }

    private static long dropped(Stage stage) throws LoadtestFailure {
        return Math.round(Books.scrape(stage.world().edges().get(0))
                .sum("influtrace_edge_clicks_total", Map.of("fate", "dropped")));
    }
}
