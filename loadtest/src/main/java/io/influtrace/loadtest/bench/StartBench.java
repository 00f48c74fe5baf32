package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start of the process to its first answer, with and without an archive of its classes. */
final class StartBench implements Bench {

    private static final double BUDGET = 0.6;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("everysec");
        EdgeTables.publish(redis.client());
        List<Row> rows = new ArrayList<>();
        rows.addAll(measure(bed, pace, "edge", jvm -> bed.edge("edge", redis.url(), Map.of(), Bed.JAVA, jvm)));
        rows.addAll(measure(bed, pace, "worker", jvm -> bed.worker("worker", redis.url(), Map.of(), jvm)));
        return rows;
    }

    private interface Start {
        Server with(List<String> jvm) throws LoadtestFailure;
    }

    private static List<Row> measure(Bed bed, Pace pace, String name, Start start) throws LoadtestFailure {
        Path archive = bed.fresh("archive").resolve(name + ".jsa");
        bed.end(start.with(flags("-XX:ArchiveClassesAtExit=" + archive)));
        if (!Files.exists(archive)) {
            throw new BenchFailure("The JVM wrote no archive of the " + name + "'s classes.");
        }
        Series plain = new Series();
        Series shared = new Series();
        for (int round = 0; round < pace.rounds(); round++) {
            plain.add(seconds(bed, start, flags()));
            shared.add(seconds(bed, start, flags("-XX:SharedArchiveFile=" + archive)));
        }
        return List.of(
                Row.seen(name + ", seconds to the first answer", plain.words("%.2f")),
                Row.seen(name + " with its archive, seconds", shared.words("%.2f")),
                Row.atMost(name + ", with archive in without, ratio", shared.dividedBy(plain), "%.2f", BUDGET));
    }

    private static double seconds(Bed bed, Start start, List<String> jvm) throws LoadtestFailure {
        long begin = System.nanoTime();
        Server server = start.with(jvm);
        double seconds = (System.nanoTime() - begin) / 1e9;
        bed.end(server);
        return seconds;
    }

    private static List<String> flags(String... more) {
        List<String> flags = new ArrayList<>(Bed.JVM);
        flags.addAll(List.of(more));
        return flags;
    }
}
