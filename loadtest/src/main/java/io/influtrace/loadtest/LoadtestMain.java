package io.influtrace.loadtest;

import io.influtrace.loadtest.bench.BenchFailure;
import io.influtrace.loadtest.bench.RedirectBench;
import io.influtrace.loadtest.demo.Demo;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.protocol.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;

/** Sends each subcommand to its part; a mistake of the person who calls exits 2, a failure 1. */
public final class LoadtestMain {

    private static final String USAGE = """
            Usage: java -jar loadtest.jar demo              the whole product, seeded, until stopped (scripts/run)
                   java -jar loadtest.jar bench redirect    the redirect against a bare one (scripts/bench)
            """;

    private LoadtestMain() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        try {
            switch (command) {
                case "demo" -> Demo.run(System.getenv(), System.out);
                case "bench" -> bench(arguments);
                case "bare-302" -> RedirectBench.bare(Integer.parseInt(arguments[1]));
                default -> exit(2, USAGE);
            }
        } catch (Settings.Wrong mistakes) {
            exit(2, String.valueOf(mistakes.getMessage()));
        } catch (LoadtestFailure | BenchFailure | IOException failure) {
            exit(1, String.valueOf(failure.getMessage()));
        }
    }

    private static void bench(String[] arguments) throws IOException {
        if (arguments.length != 2 || !arguments[1].equals("redirect")) {
            exit(2, USAGE);
        }
        if (!RedirectBench.run(System.out, Path.of(""))) {
            exit(1, "A budget was missed.");
        }
    }

    private static void exit(int code, String sentence) {
        System.err.println(sentence);
        System.exit(code);
    }
}
