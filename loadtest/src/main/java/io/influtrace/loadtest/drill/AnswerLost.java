package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.Plan.Proxied;
import java.time.Duration;
import java.util.Set;

/** The order is in Redis and nobody knows: its second report is a duplicate, and there is one credit. */
record AnswerLost(int times) implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "answer-lost";
    }

    @Override
    public String does() {
        return "Cuts " + times + " connections between an order's XADD and its reply.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).throughProxy(Proxied.EDGES);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceClicksInJournal", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        for (int i = 1; i <= times; i++) {
            int cut = i;
            stage.during(stage.moment(50, 250));
            stage.world().proxy().cutAfterOrders(1);
            if (!Patience.until(PATIENCE, () -> stage.world().proxy().cuts() >= cut)) {
                throw new LoadtestFailure("No order came by that could be cut off.");
            }
        }
        stage.settle(PATIENCE);
        Streams.awaitRest(stage.world(), PATIENCE);
        Books books = Books.read(stage.world(), Streams.added(stage.world().redis()));
        long duplicates = books.report("duplicate");
        stage.hold(
                "twice",
                stage.world().proxy().cuts() >= times && duplicates >= times,
                stage.world().proxy().cuts() + " cuts, " + duplicates + " reports came twice and counted once");
    }
}
