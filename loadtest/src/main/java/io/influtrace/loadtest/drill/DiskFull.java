package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The append-only file can grow no further, by a bound on file sizes, which Redis meets as it meets a full disk: an error of
 * its write. At {@code everysec} it refuses writes until there is room; at {@code always} it ends itself rather than break
 * its word, and is started again.
 */
record DiskFull(Durability level) implements Drill {

    /** Left to write until the disk is full: some hundred orders. */
    private static final long ROOM = 64 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "disk-full-" + level.word();
    }

    @Override
    public String does() {
        return "The append-only file cannot grow any more under load, at the level " + level.word() + ", then it can.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).onRedis(level.options());
    }

    @Override
    public Set<String> alerts() {
        return level == Durability.FSYNC
                ? Set.of("InfluTraceOrdersRefused")
                : Set.of("InfluTraceOrdersRefused", "InfluTraceRedisRefuses");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of(
                "InfluTraceRedisRefuses",
                "InfluTraceClicksInJournal",
                "InfluTraceDirectoryStale",
                "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess redis = stage.world().redis();
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(2));
        redis.fileSizeLimit(OptionalLong.of(size(redis) + ROOM));
        boolean refused =
                Patience.until(PATIENCE, () -> stage.ledger().refusals().getTotalCount() > 0);
        stage.during(Duration.ofSeconds(3));
        boolean alive = redis.alive();
        if (alive) {
            redis.fileSizeLimit(OptionalLong.empty());
        } else {
            redis.again();
        }
        int before = stage.ledger().acceptedSoFar();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().acceptedSoFar() > before);
        stage.during(Duration.ofSeconds(1));
        long evicted = redis.info("stats", "evicted_keys");
        stage.hold(
                "full",
                refused && back && evicted == 0 && alive == (level != Durability.FSYNC),
                "Redis " + (alive ? "refused writes" : "ended itself") + ", orders were refused, then accepted again, "
                        + evicted + " keys evicted");
    }

    private static long size(RedisProcess redis) throws LoadtestFailure {
        try {
            return Files.size(redis.appendOnlyFile());
        } catch (IOException gone) {
            throw new LoadtestFailure("The append-only file cannot be read.", gone);
        }
    }
}
