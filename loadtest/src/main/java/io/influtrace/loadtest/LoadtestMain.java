package io.influtrace.loadtest;

import io.influtrace.loadtest.demo.Demo;
import io.influtrace.loadtest.demo.DemoFailure;
import io.influtrace.protocol.settings.Settings;

/** Sends each subcommand to its part; a mistake of the person who calls exits 2, a failure 1. */
public final class LoadtestMain {

    private static final String USAGE = """
            Usage: java -jar loadtest.jar demo    the whole product, seeded, until stopped (scripts/run)
            """;

    private LoadtestMain() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        try {
            switch (command) {
                case "demo" -> Demo.run(System.getenv(), System.out);
                default -> exit(2, USAGE);
            }
        } catch (Settings.Wrong mistakes) {
            exit(2, String.valueOf(mistakes.getMessage()));
        } catch (DemoFailure failure) {
            exit(1, String.valueOf(failure.getMessage()));
        }
    }

    private static void exit(int code, String sentence) {
        System.err.println(sentence);
        System.exit(code);
    }
}
