package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every process is replaced under load and nobody notices: readiness turns false first, who comes late is still answered,
 * and the process ends by itself within its grace.
 */
record Rolling() implements Drill {

    private static final Duration GRACE = Duration.ofSeconds(20);

    /** What a JVM exits with that was told to end and ended by itself. */
    private static final int TERMINATED = 143;

    @Override
    public String name() {
        return "rolling-restart";
    }

    @Override
    public String does() {
        return "SIGTERM to two edges and two workers, one after another under load, each started again.";
    }

    @Override
    public Plan plan() {
        return Plan.of(2, 2);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceProcessDown");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        for (Place place : stage.world().all()) {
            stage.during(stage.moment(300, 600));
            restart(stage, place);
        }
        stage.during(stage.moment(300, 600));
        long failed = stage.ledger()
                .count("", List.of("cut", "hung", "not_sent", "click_cut", "click_hung", "click_not_sent"));
        long refused = stage.ledger().refusals().getTotalCount();
        stage.hold("failed", failed == 0 && refused == 0, failed + " requests failed, " + refused + " were refused");
    }

    private static void restart(Stage stage, Place place) throws LoadtestFailure {
        long start = System.nanoTime();
        place.child().signal("TERM");
        // A worker has nobody who waits for its readiness, so it may be gone before it can be asked.
        boolean said = Patience.until(GRACE, () -> !place.alive() || !place.ready());
        boolean draining = place.alive() || !place.name().startsWith("edge");
        boolean ended = Patience.until(GRACE, () -> !place.alive());
        double seconds = (System.nanoTime() - start) / 1e9;
        int code = place.child().exitCode();
        stage.hold(
                place.name(),
                said && draining && ended && code == TERMINATED,
                "readiness off first, ended with %d after %.1f s".formatted(code, seconds));
        place.launch(Map.of());
        place.awaitReady();
        Patience.until(GRACE, place::ready);
    }
}
