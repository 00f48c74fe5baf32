package io.influtrace.loadtest.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that a test needs, found by PATH: without them it is skipped and says so, in CI it fails. */
public final class Needed {

    /** The Redis server and its shell. */
    public static final List<String> REDIS = List.of("redis-server", "redis-cli");

    private Needed() {}

    /** Goes on where all are there, or where their lack must not pass. */
    public static void programs(List<String> programs) {
        boolean required = System.getenv("CI") != null || "1".equals(System.getenv("REQUIRE_BROWSER"));
        List<String> missing =
                programs.stream().filter(program -> find(program).isEmpty()).toList();
        if (!missing.isEmpty() && required) {
            throw new AssertionError(missing + " not installed, and required here");
        }
        Assumptions.assumeTrue(
                missing.isEmpty(), () -> missing + " not installed: skipped (REQUIRE_BROWSER=1 makes this a failure)");
    }

    /** Where a program is that {@link #programs} let pass. */
    static Path path(String program) {
        return find(program).orElseThrow(() -> new AssertionError(program + " is not on the PATH"));
    }

    private static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
