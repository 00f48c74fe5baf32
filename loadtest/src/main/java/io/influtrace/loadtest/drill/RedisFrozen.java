package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A Redis that holds its connections open and says nothing: memory stays bounded, orders get a 503, redirects go on. */
record RedisFrozen(Duration length) implements Drill {

    private static final long REFUSED_MICROS = 2_500_000;

    @Override
    public String name() {
        return "redis-frozen";
    }

    @Override
    public String does() {
        return "SIGSTOP Redis for " + length.toSeconds() + " s at full load.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused", "InfluTraceClicksInJournal");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceDirectoryStale", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(1));
        stage.world().redis().freeze();
        stage.during(Duration.ofSeconds(1));
        long before = stage.ledger().redirects().getTotalCount();
        stage.during(length);
        long redirects = stage.ledger().redirects().getTotalCount() - before;
        double heap = Heap.usedMebibytes(stage.world().edges().get(0));
        stage.world().redis().thaw();
        stage.during(Duration.ofSeconds(1));
        stage.hold("clicks", redirects > 0, redirects + " redirects meanwhile");
        stage.hold("heap", heap < Heap.BOUND_MEBIBYTES, "%.0f MiB of the edge's heap in use".formatted(heap));
        long refusal = stage.ledger().refusals().getMaxValue();
        stage.hold("503", refusal <= REFUSED_MICROS, "slowest after %.2f s".formatted(refusal / 1e6));
        long hung = stage.ledger().count("", List.of("hung"));
        stage.hold("hangs", hung == 0, hung + " orders without any answer");
    }
}
