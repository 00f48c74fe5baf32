package io.influtrace.loadtest.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All drills, and the command that runs them. */
public final class Drills {

    private static final long SEED = 6;

    /** What continuous integration runs beside the tests: each over within a minute on a busy machine, and none a judge of speed. */
    private static final Set<String> CI = Set.of(
            "edge-killed",
            "redis-killed-fsync",
            "redis-frozen",
            "answer-lost",
            "redis-absent",
            "poison",
            "redis-full",
            "failover-replica",
            "disk-full-fsync");

    private Drills() {}

    static List<Drill> all() {
        return List.of(
                new Calm(Duration.ofSeconds(5)),
                new EdgeKilled(3),
                new RedisKilled(Durability.FSYNC, 3),
                new RedisKilled(Durability.OS, 3),
                new RedisKilled(Durability.MEMORY, 2),
                new RedisFrozen(Duration.ofSeconds(10)),
                new AnswerLost(20),
                new WorkerKilled(6),
                new Storm(2),
                new Rolling(),
                new RedisAbsent(Duration.ofSeconds(12)),
                new Poison(),
                new BadWeather(Duration.ofSeconds(8)),
                new WorkerAway(Duration.ofSeconds(40)),
                new RedisFull(),
                new JournalFull(),
                new AofCut(20),
                new ClocksApart(),
                new ConfigUnheard(Duration.ofSeconds(5)),
                new BackedUp(),
                new FailedOver(true),
                new FailedOver(false),
                new SentinelFailedOver(),
                new DiskFull(Durability.OS),
                new DiskFull(Durability.FSYNC),
                new HostileHttp(Duration.ofSeconds(20)),
                new WindowEdge(Duration.ofSeconds(60)),
                new Overload("overload-brief", Duration.ofSeconds(20)),
                new Overload("overload", Duration.ofMinutes(5)));
    }

    /** A storm of a few seconds, for the tests of every build. */
    static Drill brief() {
        return new Storm(1);
    }

    /** What there is, a line each. */
    public static void list(PrintStream out) {
        all().forEach(drill -> out.printf("%-22s %s%n", drill.name(), drill.does()));
        out.printf(
                "%-22s %s%n",
                "browsers", "What browsers and their people do to an order; scripts/drill runs it, by Maven.");
    }

    /**
     * Runs one drill, or all, each in a world of its own.
     *
     * @param name of a drill, {@code all}, or {@code ci} for those that continuous integration runs
     * @param seed empty for the usual one
     * @return whether every promise was kept; empty text in the list of names where there is no such drill
     */
    public static Outcome run(String name, String seed, Path root, PrintStream out) throws IOException {
        List<Drill> chosen = all().stream()
                .filter(drill -> name.equals("all")
                        || drill.name().equals(name)
                        || (name.equals("ci") && CI.contains(drill.name())))
                .toList();
        if (chosen.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        long number = seed.isEmpty() ? SEED : Long.parseLong(seed);
        Map<String, List<Finding>> broken = new LinkedHashMap<>();
        for (Drill drill : chosen) {
            Path folder = Files.createTempDirectory("influtrace-drill-");
            List<Finding> wrong = new ArrayList<>(new Rehearsal(drill, root, number, out).run(folder));
            wrong.removeIf(Finding::held);
            if (wrong.isEmpty()) {
                Folders.delete(folder);
            } else {
                out.println("  its logs and data are in " + folder);
                broken.put(drill.name(), wrong);
            }
        }
        out.printf("%n%d of %d drills held.%n", chosen.size() - broken.size(), chosen.size());
        broken.forEach((drill, wrong) -> wrong.forEach(finding -> out.println(drill + ": " + finding)));
        return broken.isEmpty() ? Outcome.HELD : Outcome.BROKEN;
    }

    /** How a run ended. */
    public enum Outcome {
        HELD,
        BROKEN,
        UNKNOWN
    }
}
