package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** A disk that loses the end of the append-only file: Redis starts without it, and the edge says that something is gone. */
record AofCut(int bytes) implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "aof-cut";
    }

    @Override
    public String does() {
        return "kill -9 Redis, cut " + bytes + " bytes off its append-only file, and start it again.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused", "InfluTraceRedisWentBack");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceClicksInJournal", "InfluTraceOrdersBehind", "InfluTraceDirectoryStale");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess redis = stage.world().redis();
        stage.mayLose("the cut");
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(2));
        redis.kill();
        cut(redis.folder().resolve("appendonlydir"));
        redis.again();
        boolean loud = redis.log().contains("truncat") || redis.log().contains("short read");
        int before = stage.ledger().accepted().size();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > before);
        stage.during(Duration.ofSeconds(1));
        stage.hold("cut", loud && back, "Redis says so itself, orders are accepted again");
    }

    private void cut(Path folder) throws LoadtestFailure {
        try (Stream<Path> files = Files.list(folder)) {
            Path tail = files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .findFirst()
                    .orElseThrow(() -> new LoadtestFailure("Redis keeps no append-only file in " + folder + "."));
            try (FileChannel channel = FileChannel.open(tail, StandardOpenOption.WRITE)) {
                channel.truncate(Math.max(0, channel.size() - bytes));
            }
        } catch (IOException failed) {
            throw new LoadtestFailure("The append-only file could not be cut.", failed);
        }
    }
}
