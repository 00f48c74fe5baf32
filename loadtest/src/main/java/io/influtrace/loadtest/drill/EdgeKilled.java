package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import java.util.List;
import java.util.Set;

/** Retries land elsewhere, and no accepted order dies with the edge that accepted it. */
record EdgeKilled(int times) implements Drill {

    @Override
    public String name() {
        return "edge-killed";
    }

    @Override
    public String does() {
        return "kill -9 an edge at full load, at " + times + " random moments.";
    }

    @Override
    public Plan plan() {
        return Plan.of(2, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceProcessDown");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.FULL);
        List<Place> edges = stage.world().edges();
        for (int i = 0; i < times; i++) {
            stage.during(stage.moment(500, 1_500));
            Place edge = edges.get(stage.random().nextInt(edges.size()));
            edge.kill();
            stage.during(stage.moment(700, 1_200));
            edge.start();
        }
        stage.during(stage.moment(300, 600));
        long unanswered = stage.ledger().count("", List.of("cut", "hung"));
        stage.hold("killed", unanswered > 0, times + " kills cut " + unanswered + " orders off");
    }
}
