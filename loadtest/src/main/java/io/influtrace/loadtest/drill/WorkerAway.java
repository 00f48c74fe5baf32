package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Shoppers;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** No worker at all while orders go on: nothing is trimmed, and one worker catches up faster than orders come. */
record WorkerAway(Duration length) implements Drill {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "worker-away";
    }

    @Override
    public String does() {
        return "The only worker is away for " + length.toSeconds() + " s under load, then catches up.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceProcessDown", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        Place worker = stage.world().workers().get(0);
        Shoppers crowd = stage.shoppers(new Pace(4, Duration.ofMillis(20), 20_000, 0));
        stage.during(Duration.ofSeconds(1));
        worker.kill();
        int before = stage.ledger().accepted().size();
        stage.during(length);
        int backlog = stage.ledger().accepted().size() - before;
        crowd.lastOrders();
        worker.launch(Map.of());
        worker.awaitReady();
        long start = System.nanoTime();
        long all = Streams.added(stage.world().redis());
        boolean done = Patience.until(PATIENCE, () -> Streams.atRest(stage.world()));
        double seconds = (System.nanoTime() - start) / 1e9;
        double arrived = backlog / (length.toMillis() / 1e3);
        stage.hold(
                "catch-up",
                done && backlog / seconds >= arrived,
                "%,d orders of %,d waited, %.0f a second came, %.0f a second were settled"
                        .formatted(backlog, all, arrived, backlog / seconds));
    }
}
