package io.influtrace.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A real Redis server of the machine, which can be killed, held up and started again on the same data. */
public final class RedisProcess {

    /** An append-only file that is flushed at every write. */
    public static final List<String> ALWAYS = List.of("--appendonly", "yes", "--appendfsync", "always");

    /** Else the signal would kill it before its write could fail. */
    private static final List<String> FILE_TOO_LARGE_IS_AN_ERROR =
            List.of("sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh");

    private final List<String> command;
    private final Path folder;
    private final int port;
    private Child child;

    private RedisProcess(List<String> command, Path folder, int port, Child child) {
        this.command = command;
        this.folder = folder;
        this.port = port;
        this.child = child;
    }

    /**
     * Starts it with {@link #ALWAYS} and waits until it answers.
     *
     * @param wrapper put before the command, such as {@code taskset -c 1}; empty for none
     * @param folder where it keeps its data
     */
    public static RedisProcess start(int port, Path folder, List<String> wrapper) throws LoadtestFailure {
        return start(port, folder, wrapper, ALWAYS);
    }

    /** The same with options of its own. */
    public static RedisProcess start(int port, Path folder, List<String> wrapper, List<String> options)
            throws LoadtestFailure {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(FILE_TOO_LARGE_IS_AN_ERROR);
        command.addAll(List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toAbsolutePath().toString(), "--save", ""));
        command.addAll(options);
        RedisProcess redis = new RedisProcess(List.copyOf(command), folder, port, launch(command, folder));
        redis.awaitAnswer();
        return redis;
    }

    /**
     * Starts a sentinel that promotes by its own vote alone, a second after a master was heard of last.
     *
     * @param folder where it keeps its file
     * @param name of the master
     */
    public static RedisProcess sentinel(int port, Path folder, String name, int master) throws LoadtestFailure {
        Path file = folder.resolve("sentinel.conf");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    file,
                    String.join(
                            "\n",
                            List.of(
                                    "port " + port,
                                    "bind 127.0.0.1",
                                    "dir " + folder.toAbsolutePath(),
                                    "sentinel monitor %s 127.0.0.1 %d 1".formatted(name, master),
                                    "sentinel down-after-milliseconds " + name + " 1000",
                                    "sentinel failover-timeout " + name + " 10000",
                                    "")));
        } catch (IOException failed) {
            throw new LoadtestFailure("The sentinel's file could not be written.", failed);
        }
        List<String> command = List.of("redis-server", file.toAbsolutePath().toString(), "--sentinel");
        RedisProcess sentinel = new RedisProcess(command, folder, port, launch(command, folder));
        sentinel.awaitAnswer();
        return sentinel;
    }

    /** Starts it again on the data that it left. */
    public void again() throws LoadtestFailure {
        launchAgain();
        awaitAnswer();
    }

    /** The same without waiting for an answer. */
    public void launchAgain() throws LoadtestFailure {
        child = launch(command, folder);
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    /** Sends one command, and returns its answer as text, empty where nobody answers. */
    public String call(String... words) {
        return RedisTalk.ask(port, List.of(words)).map(String::valueOf).orElse("");
    }

    /** Sends one command of texts and bytes; the reply as {@code Long}, {@code String} or a list of such. */
    public Optional<Object> ask(List<?> words) {
        return RedisTalk.ask(port, words);
    }

    /** A number out of INFO; 0 where it is not there. */
    public long info(String section, String field) {
        return call("INFO", section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    /** The append-only file that it writes now. */
    public Path appendOnlyFile() throws LoadtestFailure {
        Path files = folder.resolve("appendonlydir");
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> file.toString().endsWith(".incr.aof"))
                    .findFirst()
                    .orElseThrow(() -> new LoadtestFailure("Redis keeps no append-only file in " + files + "."));
        } catch (IOException none) {
            throw new LoadtestFailure("Redis keeps no append-only file in " + files + ".", none);
        }
    }

    /** Lets no file of it grow beyond so many bytes, or lets them grow again; a write beyond fails as on a full disk. */
    public void fileSizeLimit(OptionalLong most) throws LoadtestFailure {
        child.fileSizeLimit(most);
    }

    public boolean alive() {
        return child.alive();
    }

    /** Everything that it printed since its last start. */
    public String log() {
        return child.log();
    }

    /** Ends it as a power cut would. */
    public void kill() throws LoadtestFailure {
        child.kill();
    }

    /** Holds it up: its sockets stay open, and nothing answers. */
    public void freeze() throws LoadtestFailure {
        child.signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() throws LoadtestFailure {
        child.signal("CONT");
    }

    /** Ends it in order; one that is held up goes on first. */
    public void stop() {
        try {
            child.signal("CONT");
        } catch (LoadtestFailure hurried) {
            // The stop below ends it anyway.
        }
        child.stop();
    }

    private void awaitAnswer() throws LoadtestFailure {
        child.await(() -> call("PING").startsWith("PONG"));
    }

    private static Child launch(List<String> command, Path folder) throws LoadtestFailure {
        return Child.start("Redis", command, Map.of(), folder, folder.resolve("redis.log"));
    }
}
