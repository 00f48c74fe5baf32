package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;

/** A disk that loses the end of the append-only file: Redis starts without it, and the edge says that something is gone. */
record AofCut(int orders) implements Drill {

    private static final String ORDER = "XADD\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "aof-cut";
    }

    @Override
    public String does() {
        return "kill -9 Redis, cut its append-only file off within the order that is the " + orders
                + "th from its end, and start it again.";
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
        cut(redis.appendOnlyFile());
        redis.again();
        boolean loud = redis.log().contains("truncat") || redis.log().contains("short read");
        int before = stage.ledger().accepted().size();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > before);
        stage.during(Duration.ofSeconds(1));
        stage.hold("cut", loud && back, "Redis says so itself, orders are accepted again");
    }

    // What the worker wrote lies between the orders, so a number of bytes might hold none.
    private void cut(Path file) throws LoadtestFailure {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            String written = Files.readString(file, StandardCharsets.ISO_8859_1);
            int at = written.length();
            for (int i = 0; i < orders; i++) {
                at = written.lastIndexOf(ORDER, at - 1);
                if (at < 0) {
                    throw new LoadtestFailure("There are not " + orders + " orders in the append-only file.");
                }
            }
            channel.truncate(at + ORDER.length());
        } catch (IOException failed) {
            throw new LoadtestFailure("The append-only file could not be cut.", failed);
        }
    }
}
