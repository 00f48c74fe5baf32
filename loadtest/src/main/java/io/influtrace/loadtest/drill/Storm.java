package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.Plan.Proxied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All kinds of faults in a random order and close together: what one of them leaves behind, the next one meets. */
record Storm(int rounds) implements Drill {

    private static final Duration HELD_UP = Duration.ofSeconds(1);

    private enum Fault {
        EDGE_KILLED,
        WORKER_KILLED,
        REDIS_KILLED,
        REDIS_FROZEN,
        ANSWERS_LOST,
        NETWORK_PARTED
    }

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String does() {
        return "Edge, worker and Redis killed, Redis frozen, answers lost, the network parted: " + rounds
                + " times each, in a random order.";
    }

    @Override
    public Plan plan() {
        return Plan.of(2, 2).throughProxy(Proxied.EDGES);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceProcessDown", "InfluTraceOrdersRefused");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceClicksInJournal", "InfluTraceDirectoryStale", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            faults.addAll(List.of(Fault.values()));
        }
        Collections.shuffle(faults, stage.random());
        stage.shoppers(Pace.STEADY);
        for (Fault fault : faults) {
            stage.during(stage.moment(100, 700));
            befall(stage, fault);
        }
        stage.during(HELD_UP);
        for (Place place : stage.world().all()) {
            place.awaitReady();
        }
        stage.hold("storm", true, faults.size() + " faults: " + faults);
    }

    private static void befall(Stage stage, Fault fault) throws LoadtestFailure {
        RedisProcess redis = stage.world().redis();
        switch (fault) {
            case EDGE_KILLED -> replaceOne(stage, stage.world().edges());
            case WORKER_KILLED -> replaceOne(stage, stage.world().workers());
            case REDIS_KILLED -> {
                redis.kill();
                stage.during(HELD_UP);
                redis.again();
            }
            case REDIS_FROZEN -> {
                redis.freeze();
                stage.during(HELD_UP);
                redis.thaw();
            }
            case ANSWERS_LOST -> stage.world().proxy().cutAfterOrders(3);
            case NETWORK_PARTED -> {
                stage.world().proxy().part();
                stage.during(HELD_UP);
                stage.world().proxy().join();
            }
        }
    }

    private static void replaceOne(Stage stage, List<Place> places) throws LoadtestFailure {
        Place place = places.get(stage.random().nextInt(places.size()));
        place.kill();
        stage.during(HELD_UP);
        place.launch(Map.of());
        place.awaitReady();
    }
}
