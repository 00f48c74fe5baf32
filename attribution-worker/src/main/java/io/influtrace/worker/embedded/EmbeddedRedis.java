package io.influtrace.worker.embedded;

import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.worker.redis.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis on 127.0.0.1 that lives as long as its worker: every write on disk before it is acknowledged, nothing
 * ever evicted, its data in a folder that survives restarts. Should it die, it is started again. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);

    /** The pauses before it is started again: short, since orders wait; longer, if it dies at once each time. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Who lived that long was not dying of its data. */
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);

    private final RedisFolder folder;
    private final RedisProgram program;
    private final int port;
    private final ScheduledExecutorService nurse;
    private RedisProcess process;
    private Duration pause = FIRST_PAUSE;
    private long startedAt = System.nanoTime();
    private int restarts;
    private boolean closed;

    private EmbeddedRedis(RedisFolder folder, RedisProgram program, int port, RedisProcess process) {
        this.folder = folder;
        this.program = program;
        this.port = port;
        this.process = process;
        this.nurse = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "embedded-redis");
            thread.setDaemon(true);
            return thread;
        });
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
            redis.watch(process);
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
    public synchronized int restarts() {
        return restarts;
    }

    /** Its process, for whoever counts or kills it. */
    public synchronized long pid() {
        return process.pid();
    }

    private void watch(RedisProcess watched) {
        watched.onExit(() -> died(watched));
    }

    private synchronized void died(RedisProcess dead) {
        if (closed) {
            return;
        }
        if (System.nanoTime() - startedAt > LONG_LIFE.toNanos()) {
            pause = FIRST_PAUSE;
        }
        LOG.error("embedded=died pid={} exit={} restart_in={} log={}", dead.pid(), dead.exit(), pause, folder.log());
        nurse.schedule(this::again, pause.toMillis(), TimeUnit.MILLISECONDS);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private void again() {
        try {
            RedisProcess fresh = RedisProcess.launch(program, folder, port);
            synchronized (this) {
                if (closed) {
                    fresh.stop();
                    return;
                }
                process = fresh;
                startedAt = System.nanoTime();
                restarts++;
            }
            watch(fresh);
        } catch (IOException failed) {
            LOG.error("embedded=unstartable cause=\"{}\" restart_in={}", failed.getMessage(), LONGEST_PAUSE);
            nurse.schedule(this::again, LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Stops it in order and waits until it is gone. */
    @Override
    public void close() throws IOException {
        RedisProcess last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        nurse.shutdownNow();
        last.stop();
        folder.close();
    }

    private static int free(int port) throws Refused, IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return socket.getLocalPort();
        } catch (java.net.BindException inUse) {
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
