package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.Plan.Proxied;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store is disconnected while an edge hears nothing: its gauge says how old its knowledge is, and it learns soon after. */
record ConfigUnheard(Duration length) implements Drill {

    private static final Duration LEARNS = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "config-unheard";
    }

    @Override
    public String does() {
        return "The store is disconnected while the edge is cut off from Redis for " + length.toSeconds() + " s.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).throughProxy(Proxied.EDGES);
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
        stage.world().proxy().part();
        String path = "/integrations/" + stage.world().integration() + "/disconnect";
        Web.Reply reply = stage.world().admin().post(path, new JsonObject());
        stage.during(length);
        double age = Books.scrape(stage.world().edges().get(0)).sum("influtrace_edge_directory_age_seconds", Map.of());
        stage.world().proxy().join();
        long start = System.nanoTime();
        boolean learnt =
                Patience.until(LEARNS, () -> stage.ledger().count("", List.of("integration_disconnected")) > 0);
        stage.hold(
                "learnt",
                reply.fine() && learnt && age >= length.toSeconds() - 1,
                "its knowledge was %.1f s old; it refused the store %.1f s after it could hear again"
                        .formatted(age, (System.nanoTime() - start) / 1e9));
    }
}
