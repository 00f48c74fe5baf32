package io.influtrace.worker.embedded;

import io.influtrace.worker.redis.Refused;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A {@code redis-server} that runs on this machine.
 *
 * @param version such as 6.2.11
 */
record RedisProgram(Path path, String version) {

    private static final Logger LOG = LoggerFactory.getLogger(RedisProgram.class);

    /** What our commands and scripts need. */
    private static final String OLDEST = "6.2";

    private static final long PATIENCE_SECONDS = 10;
    private static final Pattern VERSION = Pattern.compile("v=([0-9]+\\.[0-9]+[0-9.]*)");

    /** Where a program comes from. */
    @FunctionalInterface
    interface Source {
        /** A copy of it in that folder, or its own place. */
        Path in(Path folder) throws IOException;
    }

    /** The one that the jar brings along. */
    static Path shipped(Path folder) throws IOException {
        Path unpacked = Files.createTempDirectory(folder, "unpacked");
        try {
            File file =
                    ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get();
            // By renaming, since a program that still runs cannot be written over.
            return Files.move(file.toPath(), folder.resolve("redis-server"), StandardCopyOption.REPLACE_EXISTING);
        } catch (RuntimeException noneForThisMachine) {
            throw new IOException("none is shipped for this machine", noneForThisMachine);
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    /**
     * The shipped one where it runs, else the first on the path, either no older than what last wrote the data.
     *
     * @param folder of the data
     * @param searchPath as the variable PATH has it
     */
    static RedisProgram find(RedisFolder folder, Source shipped, String searchPath) throws Refused, IOException {
        String oldest = folder.writtenBy().orElse(OLDEST);
        String cause;
        try {
            RedisProgram probed = probe(shipped.in(folder.path()));
            if (!probed.olderThan(oldest)) {
                return probed;
            }
            cause = "it is " + probed.version + ", and " + folder.path() + " was written by " + oldest;
        } catch (IOException unfit) {
            cause = String.valueOf(unfit.getMessage());
        }
        for (Path candidate : onPath(searchPath)) {
            try {
                RedisProgram probed = probe(candidate);
                if (!probed.olderThan(oldest)) {
                    LOG.warn(
                            "embedded=installed path={} version={} cause=\"the shipped one cannot be used: {}\"",
                            probed.path,
                            probed.version,
                            cause);
                    return probed;
                }
            } catch (IOException unfit) {
                LOG.warn("embedded=unfit path={} cause=\"{}\"", candidate, unfit.getMessage());
            }
        }
        throw new Refused("The embedded Redis cannot run here: " + cause + ". " + mend(cause, oldest));
    }

    private static String mend(String cause, String oldest) {
        String installed = "a redis-server " + oldest + " or newer on the PATH, or set REDIS_URL to a Redis of yours.";
        return cause.contains("libssl") || cause.contains("libcrypto")
                ? "Install OpenSSL 3 (Debian and Ubuntu: apt-get install libssl3; Fedora and Red Hat: dnf install"
                        + " openssl-libs), or " + installed
                : "Install " + installed;
    }

    boolean olderThan(String other) {
        return number(version) < number(other);
    }

    // Major and minor decide what a server can read.
    private static int number(String version) {
        String[] parts = version.split("\\.", -1);
        return Integer.parseInt(parts[0]) * 1_000 + Integer.parseInt(parts[1]);
    }

    private static RedisProgram probe(Path path) throws IOException {
        Process process = new ProcessBuilder(path.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said;
        try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
            said = lines.findFirst().orElse("it says nothing");
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            process.destroyForcibly();
        }
        Matcher version = VERSION.matcher(said);
        if (process.isAlive() || process.exitValue() != 0 || !version.find()) {
            throw new IOException(said);
        }
        return new RedisProgram(path, version.group(1));
    }

    private static Iterable<Path> onPath(String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .toList();
    }
}
