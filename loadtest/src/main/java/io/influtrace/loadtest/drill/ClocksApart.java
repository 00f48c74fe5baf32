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

/** Processes that disagree about the time by an hour and by two days: every order still counts once, and for whom it should. */
record ClocksApart() implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "clocks-apart";
    }

    @Override
    public String does() {
        return "The worker's clock an hour behind, an hour ahead, two days behind and ahead of the edge's.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of();
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceProcessDown", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        Place worker = stage.world().workers().get(0);
        for (String offset : List.of("-PT1H", "PT1H", "-P2D", "P2D", "PT0S")) {
            worker.child().signal("TERM");
            Patience.until(PATIENCE, () -> !worker.alive());
            worker.launch(Map.of("CLOCK_OFFSET", offset));
            worker.awaitReady();
            stage.during(Duration.ofMillis(1_500));
        }
        stage.hold("clocks", true, "five worker lives, four of them in another time");
    }
}
