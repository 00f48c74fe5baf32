package io.influtrace.worker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that outlived its worker, because that was killed without a chance to stop it. */
final class Leftover {

    /** What a clean end takes at most: one fsync. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);

    private Leftover() {}

    /** Ends it in order, wherever it listens: two servers on one append-only file would ruin it. */
    static void end(RedisFolder folder) throws IOException, InterruptedException {
        if (folder.pid().isEmpty()) {
            return;
        }
        ProcessHandle process = ProcessHandle.of(folder.pid().getAsLong()).orElse(null);
        if (process == null || !process.isAlive() || !ours(process, folder.path())) {
            return;
        }
        LOG.warn(
                "embedded=leftover pid={} cause=\"its worker was killed\" note=\"it is stopped in order\"",
                process.pid());
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            if (!ended(process)) {
                throw new IOException("the Redis left over as process " + process.pid() + " cannot be ended");
            }
        }
    }

    // A number of a process is soon another's: only one that works in this folder, or is this folder's program, counts.
    private static boolean ours(ProcessHandle process, Path folder) throws IOException {
        Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.exists(workingFolder)) {
            return Files.isSameFile(workingFolder, folder);
        }
        return process.info()
                .command()
                .map(Path::of)
                .filter(folder.resolve("redis-server")::equals)
                .isPresent();
    }

    private static boolean ended(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
