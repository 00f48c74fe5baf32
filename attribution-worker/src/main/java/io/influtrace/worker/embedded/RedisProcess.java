package io.influtrace.worker.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.influtrace.worker.redis.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server. */
final class RedisProcess {

    private static final Logger LOG = LoggerFactory.getLogger(RedisProcess.class);

    /** Reading back a large append-only file takes this long at most: at 100 MB a second, 60 GB. */
    private static final Duration LOADING = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(10);

    /** What a clean end takes at most before it is forced; nothing acknowledged is lost by force either. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final int ANSWER_MS = 2_000;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;

    private RedisProcess(Process process) {
        this.process = process;
    }

    /** Launches it and waits until all its data is read. */
    static RedisProcess start(RedisProgram program, RedisFolder folder, int port)
            throws IOException, Refused, InterruptedException {
        RedisLog log = RedisLog.since(folder.log());
        RedisProcess started = launch(program, folder, port);
        try {
            long end = System.nanoTime() + LOADING.toNanos();
            while (started.process.isAlive() && !started.answers(port) && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            List<String> alarms = log.alarms();
            if (!started.process.isAlive() || System.nanoTime() >= end) {
                String last = alarms.isEmpty() ? "it says nothing." : alarms.get(alarms.size() - 1);
                throw new Refused(
                        "The embedded Redis stopped at its start: " + last + " Its log is " + folder.log() + ".");
            }
            alarms.forEach(alarm -> LOG.warn("embedded=says line=\"{}\"", alarm));
            LOG.info(
                    "embedded=up pid={} version={} port={} folder={}",
                    started.pid(),
                    program.version(),
                    port,
                    folder.path());
            return started;
        } catch (IOException | Refused | InterruptedException | RuntimeException failed) {
            started.stop();
            throw failed;
        }
    }

    /** Launches it; whether it comes up is seen later. */
    static RedisProcess launch(RedisProgram program, RedisFolder folder, int port) throws IOException {
        List<String> command = new ArrayList<>();
        // In a session of its own: a Ctrl-C of the terminal is the worker's to hear, and Redis goes last.
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(program.path().toString());
        command.addAll(EmbeddedRedis.options(folder, port));
        folder.written(program.version());
        return new RedisProcess(new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it ends, and says with which code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it in order, by force after a grace, and waits for it. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("embedded=hangs pid={} note=\"it is killed; nothing acknowledged is lost\"", pid());
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    // Itself and no other: one that took the port a moment earlier would answer a mere PING.
    private boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(EmbeddedRedis.LOOPBACK), port), ANSWER_MS);
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write("INFO server\r\nPING\r\nQUIT\r\n".getBytes(US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return said.contains("process_id:" + pid() + "\r\n") && said.contains("+PONG\r\n");
        } catch (IOException notYet) {
            return false;
        }
    }
}
