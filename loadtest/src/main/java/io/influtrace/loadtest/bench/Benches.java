package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.options.Options;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code bench}: every budget of speed, by name or all in turn, and a table at the end. */
public final class Benches {

    private static final Map<String, Supplier<Bench>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("redirect", RedirectBench::new);
        ALL.put("tail", TailBench::new);
        ALL.put("clicks", ClickBench::new);
        ALL.put("pixel", PixelBench::new);
        ALL.put("page", PageBench::new);
        ALL.put("orders", OrderBench::new);
        ALL.put("worker", WorkerBench::new);
        ALL.put("memory", MemoryBench::new);
        ALL.put("sweep", SweepBench::new);
        ALL.put("start", StartBench::new);
        ALL.put("gc", GcBench::new);
        ALL.put("scale", ScaleBench::new);
    }

    private Benches() {}

    /** What can be measured. */
    public static String names() {
        return String.join(", ", ALL.keySet());
    }

    /**
     * Measures, and prints a table.
     *
     * @param arguments the name or {@code all} in the second place, options behind it
     * @param jars the folder of the modules
     * @return true where every budget is kept
     */
    public static boolean run(String[] arguments, PrintStream out, Path jars) throws IOException {
        Options options = Options.of(arguments, 2);
        boolean quick = options.text("quick", "no", "yes: enough to see that all works, too little to quote")
                .equals("yes");
        int rounds = options.count("rounds", quick ? Pace.QUICK.rounds() : Pace.FULL.rounds(), 1, 100, "of each side");
        String name = arguments.length < 2 ? "" : arguments[1];
        List<String> chosen = name.equals("all") ? List.copyOf(ALL.keySet()) : List.of(name);
        if (!ALL.keySet().containsAll(chosen)) {
            options.mistake("Name what to measure: " + names() + " or all.");
        }
        options.finish();
        Pace whole = name.equals("all") ? Pace.AMONG_OTHERS : Pace.FULL;
        Pace pace = (quick ? Pace.QUICK : whole).withRounds(rounds);
        Figures figures = new Figures();
        Map<String, List<Row>> table = new LinkedHashMap<>();
        for (String each : chosen) {
            out.println("Measuring " + each + " ...");
            table.put(each, measured(ALL.getOrDefault(each, RedirectBench::new).get(), jars, pace, figures, out));
        }
        figures.into(jars.resolve("loadtest/target/figures.properties"));
        return print(table, pace, out);
    }

    /** A bench that cannot measure misses its budgets; the others still run. */
    static List<Row> measured(Bench bench, Path jars, Pace pace, Figures figures, PrintStream out) {
        try (Bed bed = new Bed(jars)) {
            return bench.measure(bed, pace, figures);
        } catch (IOException | LoadtestFailure | RuntimeException failed) {
            out.println("It failed: " + failed.getMessage());
            return List.of(Row.must("measured at all", false));
        }
    }

    private static boolean print(Map<String, List<Row>> table, Pace pace, PrintStream out) {
        out.println();
        out.println(Machine.describe());
        out.println(pace.rounds() + " rounds of " + pace.seconds()
                + " s, each side in turn; server on core 0, load and Redis on core 1; median (least to most)");
        List<String> missed = new ArrayList<>();
        table.forEach((name, rows) -> {
            out.println();
            for (Row row : rows) {
                out.printf("%-9s %-58s %-30s %-7s %s%n", name, row.what(), row.figure(), row.budget(), mark(row));
                if (row.missed()) {
                    missed.add(name + ": " + row.what());
                }
            }
        });
        out.println();
        out.println(missed.isEmpty() ? "Every budget is kept." : "Missed: " + String.join("; ", missed));
        return missed.isEmpty();
    }

    private static String mark(Row row) {
        return row.met().map(met -> met ? "kept" : "MISSED").orElse("");
    }
}
