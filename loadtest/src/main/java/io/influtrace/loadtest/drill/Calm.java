package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.Set;

/** The ground that all others stand on: without any fault every answer is yes, and no alert fires. */
record Calm(Duration length) implements Drill {

    @Override
    public String name() {
        return "calm";
    }

    @Override
    public String does() {
        return "Nothing goes wrong for " + length.toSeconds() + " s.";
    }

    @Override
    public Plan plan() {
        return Plan.of(2, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of();
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        stage.during(length);
        long refused = stage.ledger().refusals().getTotalCount();
        stage.hold("calm", refused == 0, refused + " refusals");
    }
}
