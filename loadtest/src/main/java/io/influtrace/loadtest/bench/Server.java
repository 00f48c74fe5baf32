package io.influtrace.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server process pinned to one core, whose CPU time is the operating system's own account of it. */
final class Server implements AutoCloseable {

    private static final long START = Duration.ofSeconds(60).toNanos();
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);
    private static final double TICK = 0.01;

    private final String name;
    private final int port;
    private final Process process;

    private Server(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** Starts a command on a core and waits until {@code ready} says so. */
    static Server start(
            String name,
            int core,
            int port,
            Path log,
            Map<String, String> environment,
            List<String> command,
            BooleanSupplier ready) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(pinned).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Server server = new Server(name, port, builder.start());
            server.await(ready, log);
            return server;
        } catch (IOException missing) {
            throw new BenchFailure("taskset is not installed; this bench needs it.", missing);
        }
    }

    String name() {
        return name;
    }

    /** Where it answers, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Sends it a signal, such as {@code STOP} or {@code CONT}; a server that is gone hears nothing. */
    void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        Tool.run(List.of("kill", "-" + signal, Long.toString(process.pid())));
    }

    /**
     * Seconds of CPU, user and system, that the process has used so far, to a hundredth. The threads of Java's compiler
     * are left out: it is still at work minutes after a start, and silent for the rest of a server's life.
     */
    double cpuSeconds() {
        return reading(all -> seconds(all) - compiling(all));
    }

    /** Seconds of CPU that the threads of Java's compiler have used so far; 0 where there is none. */
    double compilerSeconds() {
        return reading(Server::compiling);
    }

    private interface Reading {
        double of(Path process) throws IOException;
    }

    private double reading(Reading reading) {
        try {
            return reading.of(Path.of("/proc", Long.toString(process.pid())));
        } catch (IOException gone) {
            throw new BenchFailure("The " + name + " died during the measurement.", gone);
        }
    }

    private static double compiling(Path process) throws IOException {
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            double seconds = 0;
            for (Path thread : threads.filter(Server::isCompiler).toList()) {
                seconds += seconds(thread);
            }
            return seconds;
        }
    }

    // Linux cuts a thread's name at 15 characters: C1 CompilerThre, C2 CompilerThre.
    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).startsWith("CompilerThre", 3);
        } catch (IOException ended) {
            return false;
        }
    }

    private static double seconds(Path task) throws IOException {
        String stat = Files.readString(task.resolve("stat"));
        // The name in brackets may hold blanks; utime and stime are the 12th and 13th field after it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void await(BooleanSupplier ready, Path log) throws IOException {
        long end = System.nanoTime() + START;
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new BenchFailure("The " + name + " did not start:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
