package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import java.util.Map;
import java.util.Set;

/** Whatever a worker was doing when it died, another carries it on, and nothing has a second effect. */
record WorkerKilled(int times) implements Drill {

    @Override
    public String name() {
        return "worker-killed";
    }

    @Override
    public String does() {
        return "kill -9 one of two workers under load, at " + times + " random moments.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 2);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceProcessDown");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        for (int i = 0; i < times; i++) {
            stage.during(stage.moment(200, 800));
            Place worker = stage.world().workers().get(i % 2);
            worker.kill();
            stage.during(stage.moment(600, 800));
            worker.launch(Map.of());
            worker.awaitReady();
        }
        stage.hold("killed", true, times + " kills");
    }
}
