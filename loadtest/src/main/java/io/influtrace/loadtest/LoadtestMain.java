package io.influtrace.loadtest;

import io.influtrace.loadtest.bench.BareServers;
import io.influtrace.loadtest.bench.BenchFailure;
import io.influtrace.loadtest.bench.Benches;
import io.influtrace.loadtest.capacity.CapacityCommand;
import io.influtrace.loadtest.demo.Demo;
import io.influtrace.loadtest.drill.Drills;
import io.influtrace.loadtest.load.LoadCommand;
import io.influtrace.loadtest.options.Options;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.protocol.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Sends each subcommand to its part; a mistake of the person who calls exits 2, a failure 1. */
public final class LoadtestMain {

    private static final String USAGE = """
            Usage: java -jar loadtest.jar demo              the whole product, seeded, until stopped (scripts/run)
                   java -jar loadtest.jar load [--rate N]   the open-loop load (--help yes lists its options)
                   java -jar loadtest.jar capacity [...]    what a day needs, from measured figures (--help yes)
                   java -jar loadtest.jar bench NAME|all    every budget of speed (scripts/bench)
                   java -jar loadtest.jar drill NAME|all|list  what must hold when things break (scripts/drill)
            """;

    private LoadtestMain() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        try {
            switch (command) {
                case "demo" -> Demo.run(System.getenv(), System.out);
                case "capacity" -> CapacityCommand.run(Options.of(arguments, 1), System.out);
                case "load" -> load(arguments);
                case "bench" -> bench(arguments);
                case "bare" -> BareServers.run(Arrays.copyOfRange(arguments, 1, arguments.length));
                case "drill" -> drill(arguments);
                default -> exit(2, USAGE);
            }
        } catch (Settings.Wrong | Options.Wrong mistakes) {
            exit(2, String.valueOf(mistakes.getMessage()));
        } catch (LoadtestFailure | BenchFailure | IOException failure) {
            exit(1, String.valueOf(failure.getMessage()));
        }
    }

    private static void load(String[] arguments) throws LoadtestFailure {
        if (!LoadCommand.run(Options.of(arguments, 1), System.getenv(), System.out)) {
            exit(1, "Not every request was answered as it asked.");
        }
    }

    private static void bench(String[] arguments) throws IOException {
        if (!Benches.run(arguments, System.out, Path.of(""))) {
            exit(1, "A budget was missed.");
        }
    }

    private static void drill(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            exit(2, USAGE);
        }
        if (arguments[1].equals("list")) {
            Drills.list(System.out);
            return;
        }
        String seed = arguments.length == 3 ? arguments[2] : "";
        switch (Drills.run(arguments[1], seed, Path.of(""), System.out)) {
            case HELD -> {}
            case BROKEN -> exit(1, "A promise was broken.");
            case UNKNOWN -> exit(2, "There is no drill " + arguments[1] + "; scripts/drill list names them.");
        }
    }

    private static void exit(int code, String sentence) {
        System.err.println(sentence);
        System.exit(code);
    }
}
