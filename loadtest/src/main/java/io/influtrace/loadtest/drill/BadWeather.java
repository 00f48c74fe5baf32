package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.Plan.Proxied;
import io.influtrace.loadtest.world.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A slow, lossy, narrow network between edge and Redis: slower, and no storm of retries. */
record BadWeather(Duration length) implements Drill {

    private static final Weather SLOW_AND_LOSSY = new Weather(Duration.ofMillis(200), 0.05, 1_000_000);
    private static final Weather NARROW = new Weather(Duration.ofMillis(200), 0.05, 10_000);

    /** A beacon that is tried more often than this, each time after two seconds and more, is a storm. */
    private static final double MOST_TRIES = 12;

    @Override
    public String name() {
        return "bad-weather";
    }

    @Override
    public String does() {
        return "200 ms of latency, 5 % loss, then 10 KB/s as well between edge and Redis, " + length.toSeconds()
                + " s each.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).throughProxy(Proxied.EDGES);
    }

    @Override
    public Set<String> alerts() {
        return Set.of();
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of(
                "InfluTraceOrdersRefused",
                "InfluTraceClicksInJournal",
                "InfluTraceDirectoryStale",
                "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(1));
        stage.world().proxy().weather(SLOW_AND_LOSSY);
        stage.during(length);
        int slow = stage.ledger().accepted().size();
        stage.world().proxy().weather(NARROW);
        stage.during(length);
        int narrow = stage.ledger().accepted().size() - slow;
        stage.world().proxy().weather(Weather.FAIR);
        stage.settle(Duration.ofSeconds(60));
        double tries = (double) stage.ledger().answers().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                / Math.max(1, stage.ledger().accepted().size());
        stage.hold("storm", tries <= MOST_TRIES, "%.1f requests an order".formatted(tries));
        stage.hold(
                "slower",
                slow > 0,
                "%d orders accepted until the line got narrow, %d on the narrow one".formatted(slow, narrow));
        long hung = stage.ledger().count("", List.of("hung"));
        stage.hold("hangs", hung == 0, hung + " orders without any answer");
    }
}
