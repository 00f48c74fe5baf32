package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Order;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.protocol.redis.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A backup is taken while shoppers buy, everything is lost, and the restored deployment knows all that was accepted before it. */
record BackedUp() implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "backup-restore";
    }

    @Override
    public String does() {
        return "scripts/backup under load, then Redis and its disk are lost, and scripts/restore brings the backup back.";
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
        return Set.of(
                "InfluTraceProcessDown",
                "InfluTraceClicksInJournal",
                "InfluTraceOrdersBehind",
                "InfluTraceDirectoryStale");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess redis = stage.world().redis();
        Place worker = stage.world().workers().get(0);
        Path backup = redis.folder().resolveSibling("backup.rdb");
        stage.mayLose("the backup's age");
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(3));
        Set<String> before =
                stage.ledger().accepted().stream().map(Order::id).collect(Collectors.toCollection(HashSet::new));
        script(stage, "backup", Map.of("REDIS_URL", redis.url()), backup.toString());
        stage.during(Duration.ofSeconds(1));
        worker.stop();
        redis.kill();
        lose(redis.folder());
        script(stage, "restore", Map.of(), backup.toString(), redis.folder().toString());
        redis.again();
        worker.launch(Map.of());
        worker.awaitReady();
        int then = stage.ledger().accepted().size();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > then);
        stage.settle(PATIENCE);
        Streams.awaitRest(stage.world(), PATIENCE);
        Books books = Books.read(stage.world(), Streams.added(redis));
        before.removeAll(books.orders().keySet());
        stage.hold("restored", back && before.isEmpty(), before.size() + " orders from before the backup are missing");
        int number = Integer.parseInt(redis.call("GET", Keys.RESTORED));
        stage.hold("ids", number == 1, "creators and links made from now on are numbered behind a gap");
    }

    private static void script(Stage stage, String name, Map<String, String> environment, String... arguments)
            throws LoadtestFailure {
        List<String> command = new ArrayList<>();
        command.add(
                stage.root().resolve("scripts").resolve(name).toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        Path folder = stage.world().redis().folder().resolveSibling("scripts");
        Child script = Child.start(name, command, environment, folder, folder.resolve(name + ".log"));
        if (!Patience.until(PATIENCE, () -> !script.alive()) || script.exitCode() != 0) {
            throw new LoadtestFailure("scripts/" + name + " failed:\n" + script.lastWords());
        }
    }

    private static void lose(Path folder) throws LoadtestFailure {
        try {
            Folders.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new LoadtestFailure("The data could not be deleted.", failed);
        }
    }
}
