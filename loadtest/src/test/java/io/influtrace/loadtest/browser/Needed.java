package io.influtrace.loadtest.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that a test needs: without them it is skipped and says so, in CI it fails. */
public final class Needed {

    /** The Redis server and its shell. */
    public static final List<Path> REDIS = List.of(Path.of("/usr/bin/redis-server"), Path.of("/usr/bin/redis-cli"));

    private Needed() {}

    /** Goes on where all are there, or where their lack must not pass. */
    public static void programs(List<Path> programs) {
        boolean required = System.getenv("CI") != null || "1".equals(System.getenv("REQUIRE_BROWSER"));
        List<Path> missing = programs.stream()
                .filter(program -> !Files.isExecutable(program))
                .toList();
        if (!missing.isEmpty() && required) {
            throw new AssertionError(missing + " not installed, and required here");
        }
        Assumptions.assumeTrue(
                missing.isEmpty(), () -> missing + " not installed: skipped (REQUIRE_BROWSER=1 makes this a failure)");
    }
}
