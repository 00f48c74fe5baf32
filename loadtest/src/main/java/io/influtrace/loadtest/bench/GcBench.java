package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.load.Tally;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Collectors and compilers with a heap of 512 MB, on every JDK of this machine: CPU under saturation, tail below it. */
final class GcBench implements Bench {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    /** A rate that every variant carries with ease, so that the tail is the collector's and not a queue's. */
    private static final double RATE = 5_000;

    /** Older ones do not run these jars. */
    private static final int OLDEST = 17;

    private static final int ROUNDS = 2;

    @Override
    public List<Row> measure(Bed bed, Pace whole, Figures figures) throws IOException, LoadtestFailure {
        Pace pace = whole.brief();
        RedisServer redis = bed.redis("everysec");
        EdgeTables.publish(redis.client());
        String script = bed.script("redirect.lua");
        List<Row> rows = new ArrayList<>();
        for (Path java : installed()) {
            String version = "JDK " + feature(java);
            for (Map.Entry<String, List<String>> variant : variants().entrySet()) {
                List<String> flags = new ArrayList<>(HEAP);
                flags.addAll(variant.getValue());
                if (!runs(java, flags)) {
                    rows.add(Row.seen(version + " " + variant.getKey(), "not in this JDK"));
                    continue;
                }
                Server edge = bed.edge(variant.getKey(), redis.url(), Map.of(), java, flags);
                Side side = new Side(edge, "", script);
                side.warmUp(pace);
                Series tail = new Series();
                for (int round = 0; round < Math.min(ROUNDS, pace.rounds()); round++) {
                    side.measure(pace.seconds());
                    Tally tally = TailBench.send(edge, RATE, pace);
                    tail.add(tally.percentile(99.9));
                }
                bed.end(edge);
                rows.add(Row.seen(
                        version + " " + variant.getKey() + ", CPU µs a click",
                        side.cpu().words("%.1f")));
                rows.add(Row.seen(version + " " + variant.getKey() + ", p99.9 ms", tail.words("%.2f")));
            }
        }
        return rows;
    }

    private static Map<String, List<String>> variants() {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        variants.put("G1", List.of("-XX:+UseG1GC"));
        variants.put("Serial", List.of("-XX:+UseSerialGC"));
        variants.put("Parallel", List.of("-XX:+UseParallelGC"));
        variants.put("ZGC", List.of("-XX:+UseZGC"));
        variants.put("Shenandoah", List.of("-XX:+UseShenandoahGC"));
        variants.put("G1, C1 alone", List.of("-XX:+UseG1GC", "-XX:TieredStopAtLevel=1"));
        return variants;
    }

    private static boolean runs(Path java, List<String> flags) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.add("-version");
        try {
            Tool.run(command);
            return true;
        } catch (BenchFailure refused) {
            return false;
        }
    }

    /** Every JDK that runs the jars once, whatever its names; this one where none is found. */
    static List<Path> installed() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> homes = Files.list(INSTALLED)) {
                for (Path home : homes.sorted().toList()) {
                    Path java = home.resolve("bin/java");
                    boolean fresh = Files.isExecutable(java) && !found.contains(java.toRealPath());
                    if (fresh && young(feature(java))) {
                        found.add(java.toRealPath());
                    }
                }
            }
        }
        return found.isEmpty() ? List.of(Bed.JAVA) : found;
    }

    /** {@code 17}, or {@code 1.8} as the old ones said. */
    private static boolean young(String feature) {
        return feature.matches("[0-9]+") && Integer.parseInt(feature) >= OLDEST;
    }

    static String feature(Path java) {
        String text = Tool.run(List.of(java.toString(), "-XshowSettings:properties", "-version"));
        return text.lines()
                .filter(line -> line.contains("java.specification.version ="))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .orElse("?");
    }
}
