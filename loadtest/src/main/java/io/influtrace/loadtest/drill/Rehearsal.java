package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one drill in a world of its own, from the first process to the last line of its ledger. */
public final class Rehearsal {

    private static final Duration ANSWERS = Duration.ofSeconds(90);
    private static final Duration REST = Duration.ofMinutes(2);

    private final Drill drill;
    private final Path root;
    private final long seed;
    private final PrintStream out;

    Rehearsal(Drill drill, Path root, long seed, PrintStream out) {
        this.drill = drill;
        this.root = root;
        this.seed = seed;
        this.out = out;
    }

    /**
     * Runs it and prints what it found.
     *
     * @param folder takes data and logs of its processes
     * @return what was found; a drill that could not come to its end is one broken finding
     */
    List<Finding> run(Path folder) {
        long start = System.nanoTime();
        out.printf("%n%s (seed %d)%n  %s%n", drill.name(), seed, drill.does());
        List<Finding> findings = new ArrayList<>();
        try (World world = World.open(drill.plan(), root, folder)) {
            Stage stage = new Stage(world, root, seed);
            try (AlertWatch alerts = AlertWatch.over(world, Alerts.read(root))) {
                drill.run(stage);
                stage.settle(ANSWERS);
                Streams.awaitRest(world, REST);
                // Before the books are read: that takes every worker down and up again.
                findings.add(alerts.finding(drill));
                findings.addAll(judge(stage, folder));
            } finally {
                stage.close();
                out.println("  ledger " + stage.ledger().answers());
                findings.addAll(stage.findings());
            }
        } catch (LoadtestFailure broken) {
            findings.add(new Finding("end", false, String.valueOf(broken.getMessage())));
        }
        findings.forEach(out::println);
        out.printf("  took %.1f s%n", (System.nanoTime() - start) / 1e9);
        return findings;
    }

    private List<Finding> judge(Stage stage, Path folder) throws LoadtestFailure {
        World world = stage.world();
        long entries = Streams.added(world.redis());
        Books before = Books.read(world, entries);
        Guarantees guarantees = new Guarantees(stage, before, entries);
        List<Finding> findings = new ArrayList<>(guarantees.findings());
        for (Place worker : world.workers()) {
            worker.stop();
        }
        Place worker = world.workers().get(0);
        worker.launch(Map.of());
        worker.awaitReady();
        Books after = Books.read(world, entries);
        boolean lossy = !stage.mayLose().isEmpty();
        LedgerProof proof = LedgerProof.of(
                world, root, folder, order -> lossy && !before.orders().containsKey(order));
        findings.add(Guarantees.money(stage, before, after, proof));
        return findings;
    }
}
