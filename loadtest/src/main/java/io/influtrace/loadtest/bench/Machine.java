package io.influtrace.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where figures come from, in one line: without it none can be compared. */
final class Machine {

    private Machine() {}

    static String describe() {
        return Runtime.getRuntime().availableProcessors() + " cores for this process, " + processor() + ", Linux "
                + System.getProperty("os.version") + ", JDK " + System.getProperty("java.runtime.version") + ", "
                + Tool.run(List.of("redis-server", "--version")).split(" sha=", 2)[0];
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException unreadable) {
            return "unknown processor";
        }
    }
}
