package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.Set;

/** A Redis without room refuses what it cannot keep, and evicts nothing. */
record RedisFull() implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "redis-full";
    }

    @Override
    public String does() {
        return "Redis reaches its maxmemory (noeviction) under load, and is given room again.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused", "InfluTraceRedisRefuses", "InfluTraceClicksInJournal");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess redis = stage.world().redis();
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(2));
        redis.call("CONFIG", "SET", "maxmemory", "1mb");
        boolean refused =
                Patience.until(PATIENCE, () -> stage.ledger().refusals().getTotalCount() > 0);
        stage.during(Duration.ofSeconds(3));
        int before = stage.ledger().accepted().size();
        redis.call("CONFIG", "SET", "maxmemory", "0");
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > before);
        stage.during(Duration.ofSeconds(1));
        long evicted = redis.info("stats", "evicted_keys");
        stage.hold(
                "full", refused && back && evicted == 0, "refused, then accepted again, " + evicted + " keys evicted");
    }
}
