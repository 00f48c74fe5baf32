package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** An edge that boots without Redis answers links and pixel from what it remembers, and orders with a 503. */
record RedisAbsent(Duration length) implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "redis-absent";
    }

    @Override
    public String does() {
        return "An edge boots while Redis is away, which comes back after " + length.toSeconds() + " s.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused", "InfluTraceClicksInJournal", "InfluTraceDirectoryStale");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceProcessDown", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        Place edge = stage.world().edges().get(0);
        // The snapshot is written a moment after the last change.
        stage.during(Duration.ofSeconds(2));
        edge.child().signal("TERM");
        Patience.until(PATIENCE, () -> !edge.alive());
        stage.world().redis().kill();
        edge.launch(Map.of());
        edge.awaitReady();
        stage.shoppers(Pace.STEADY);
        stage.during(length);
        long redirects = stage.ledger().redirects().getTotalCount();
        int accepted = stage.ledger().accepted().size();
        int pixel = Web.status(URI.create("http://127.0.0.1:" + edge.port() + "/t.js"));
        String state = edge.ops("/health/ready").text();
        stage.world().redis().again();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > 0);
        stage.hold(
                "boot",
                redirects > 0 && accepted == 0 && pixel == 200 && state.contains("degraded") && back,
                redirects + " redirects and t.js " + pixel + " without Redis, " + accepted
                        + " orders accepted, then accepted again");
    }
}
