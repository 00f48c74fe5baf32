package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What is lost is what the level's row says; refusals are fast, and orders are accepted soon after without a restart. */
record RedisKilled(Durability level, int times) implements Drill {

    private static final long REFUSED_MICROS = 2_500_000;
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "redis-killed-" + level.word();
    }

    @Override
    public String does() {
        return "kill -9 Redis at the level " + level.word() + " under load, " + times + " times, and start it again.";
    }

    @Override
    public Plan plan() {
        return Plan.of(2, 1)
                .onRedis(level.options())
                .with("ALLOW_WEAK_REDIS", Boolean.toString(level == Durability.MEMORY));
    }

    @Override
    public Set<String> alerts() {
        return level == Durability.MEMORY
                ? Set.of("InfluTraceOrdersRefused", "InfluTraceWeakRedis", "InfluTraceRedisWentBack")
                : Set.of("InfluTraceOrdersRefused");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceClicksInJournal", "InfluTraceDirectoryStale", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess redis = stage.world().redis();
        if (level == Durability.MEMORY) {
            stage.mayLose(level.word());
            redis.call("SAVE");
        }
        stage.shoppers(Pace.STEADY);
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            stage.during(stage.moment(500, 1_500));
            redis.kill();
            stage.during(stage.moment(1_000, 2_000));
            redis.again();
            Duration took = acceptedAgain(stage);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        stage.during(stage.moment(500, 800));
        stage.hold(
                "back",
                slowest.compareTo(RECOVERY) <= 0,
                "orders accepted at the latest %.1f s after Redis answered again".formatted(slowest.toMillis() / 1e3));
        long refusal = stage.ledger().refusals().getMaxValue();
        stage.hold("503", refusal <= REFUSED_MICROS, "slowest after %.2f s".formatted(refusal / 1e6));
        long hung = stage.ledger().count("", List.of("hung"));
        stage.hold("hangs", hung == 0, hung + " orders without any answer");
    }

    private static Duration acceptedAgain(Stage stage) throws LoadtestFailure {
        long start = System.nanoTime();
        int before = stage.ledger().accepted().size();
        Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > before);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
