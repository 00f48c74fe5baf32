package io.influtrace.loadtest.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of the machine that runs to its end and is read. */
final class Tool {

    private Tool() {}

    /** True where the machine has that program. */
    static boolean isInstalled(String program) {
        for (String folder : (System.getenv().getOrDefault("PATH", "") + ":/usr/sbin").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** What the command printed; anything but exit code 0 is a {@link BenchFailure}. */
    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new BenchFailure(command.get(0) + " ended with " + code + ": " + output.strip());
            }
            return output;
        } catch (IOException missing) {
            throw new BenchFailure(command.get(0) + " is not installed; this bench needs it.", missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Stopped.", stopped);
        }
    }
}
