package io.influtrace.worker.embedded;

import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.worker.redis.Refused;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis on 127.0.0.1 that lives as long as its worker: every write on disk before it is acknowledged, nothing
 * ever evicted, its data in a folder that survives restarts. Should it die, it is started again. Thread-safe.
 */
public final class EmbeddedRedis {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);

    /** The pauses before it is started again: short, since orders wait; longer, if it dies at once each time. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Who lived that long was not dying of its data. */
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);

    /** The one address that an edge without REDIS_URL asks. */
    static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final RedisFolder folder;
    private final RedisProgram program;
    private final int port;
    private final Thread nurse = new Thread(this::nurse, "embedded-redis");
    private volatile RedisProcess process;
    private final AtomicInteger restarts = new AtomicInteger();

    private EmbeddedRedis(RedisFolder folder, RedisProgram program, int port, RedisProcess process) {
        this.folder = folder;
        this.program = program;
        this.port = port;
        this.process = process;
        nurse.setDaemon(true);
    }

    /**
     * Starts it and returns once it answers, with all its data read.
     *
     * @param path the folder of its data
     * @param port on 127.0.0.1; 0 for any that is free
     * @param searchPath where an installed one is looked for if the shipped one cannot run: the variable PATH
     */
    public static EmbeddedRedis start(Path path, int port, String searchPath)
            throws IOException, Refused, InterruptedException {
        return start(path, port, RedisProgram::shipped, searchPath);
    }

    static EmbeddedRedis start(Path path, int port, RedisProgram.Source shipped, String searchPath)
            throws IOException, Refused, InterruptedException {
        RedisFolder folder = RedisFolder.lock(path);
        try {
            Leftover.end(folder);
            int free = free(port);
            RedisProgram program = RedisProgram.find(folder, shipped, searchPath);
            RedisProcess process = RedisProcess.start(program, folder, free);
            EmbeddedRedis redis = new EmbeddedRedis(folder, program, free, process);
            redis.nurse.start();
            return redis;
        } catch (IOException | Refused | InterruptedException | RuntimeException failed) {
            folder.close();
            throw failed;
        }
    }

    /** Where it listens. */
    public RedisAddress address() {
        return RedisAddress.local(port);
    }

    /** How often it died and was started again. */
    public int restarts() {
        return restarts.get();
    }

    /** Its process, for whoever counts or kills it. */
    long pid() {
        return process.pid();
    }

    private void nurse() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                long since = System.nanoTime();
                int exit = process.awaitEnd();
                // Until it is back the edges answer orders with 503, and shoppers' browsers keep them.
                pause = System.nanoTime() - since > LONG_LIFE.toNanos() ? FIRST_PAUSE : pause;
                LOG.error("embedded=died exit={} restart_in={} log={}", exit, pause, folder.log());
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                tryAgain();
            }
        } catch (IOException unstartable) {
            LOG.error("embedded=lost cause=\"{}\" note=\"start the worker again\"", unstartable.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryAgain() throws IOException, InterruptedException {
        try {
            process = RedisProcess.start(program, folder, port);
            restarts.incrementAndGet();
        } catch (Refused diedAtOnce) {
            LOG.error("embedded=unwell cause=\"{}\"", diedAtOnce.getMessage());
        }
    }

    /** Stops it in order and waits until it is gone. */
    public void stop() throws IOException, InterruptedException {
        nurse.interrupt();
        nurse.join();
        process.stop();
        folder.close();
    }

    private static int free(int port) throws Refused, IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return socket.getLocalPort();
        } catch (BindException inUse) {
            throw new Refused("REDIS_PORT " + port + " is in use by another program: stop it, or choose another port"
                    + " with REDIS_PORT=PORT, or use the Redis there with REDIS_URL=redis://127.0.0.1:" + port + ".");
        }
    }

    /** The options that keep the promise; everything else is as Redis has it. */
    static List<String> options(RedisFolder folder, int port) {
        return List.of(
                "--port", Integer.toString(port),
                "--bind", "127.0.0.1",
                "--dir", folder.path().toString(),
                "--logfile", folder.log().toString(),
                "--pidfile", folder.pidFile().toString(),
                "--appendonly", "yes",
                "--appendfsync", "always",
                "--save", "",
                "--maxmemory", "0",
                "--maxmemory-policy", "noeviction");
    }
}
