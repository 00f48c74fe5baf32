package io.influtrace.loadtest.process;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One of the product's processes: its jar, its log, its health. */
public final class Child {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int LINES = 12;

    /** Read by the JVM itself, from the project's folder. */
    private static final String JVM_OPTIONS = "@scripts/jvm.options";

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code java -jar}.
     *
     * @param environment added to this process's own
     * @param folder where the process runs
     * @param log takes what it prints, from the beginning
     */
    public static Child java(String name, Path jar, Map<String, String> environment, Path folder, Path log)
            throws LoadtestFailure {
        return start(name, javaCommand(jar), environment, folder, log);
    }

    /** The same with the JVM options of a deployment, and with the archive of the jar's classes beside it. */
    public static Child deployed(String name, Path jar, Map<String, String> environment, Path folder, Path log)
            throws LoadtestFailure {
        return start(name, javaCommand(jar, JVM_OPTIONS, ClassArchive.option(jar)), environment, folder, log);
    }

    /** The command line of a jar, on this same Java. */
    public static List<String> javaCommand(Path jar, String... options) throws LoadtestFailure {
        if (!Files.exists(jar)) {
            throw new LoadtestFailure(jar + " is missing: build it with ./mvnw package.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return command;
    }

    /** Starts any program; the rest as {@link #java}. */
    public static Child start(String name, List<String> command, Map<String, String> environment, Path folder, Path log)
            throws LoadtestFailure {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(folder);
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new LoadtestFailure("The " + name + " could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until its readiness answers 200.
     *
     * @throws LoadtestFailure with what it printed last, when it dies first or takes more than a minute
     */
    public void awaitReady(int opsPort) throws LoadtestFailure {
        URI ready = URI.create("http://localhost:" + opsPort + "/health/ready");
        await(() -> Web.status(ready) == 200);
    }

    /** The same for any sign of readiness. */
    public void await(Patience.Condition sign) throws LoadtestFailure {
        boolean answered = Patience.until(START, () -> !process.isAlive() || sign.holds());
        if (!process.isAlive()) {
            throw new LoadtestFailure(
                    "The " + name + " stopped at its start (exit code " + process.exitValue() + "):\n" + lastWords());
        }
        if (!answered) {
            throw new LoadtestFailure("The " + name + " is not ready after " + START.toSeconds() + " s; its log is "
                    + log + ":\n" + lastWords());
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The end of its log, indented. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                            .map(line -> "    " + line)
                            .toList());
        } catch (IOException e) {
            return "    (no log: " + e.getMessage() + ")";
        }
    }

    /** Ends it as a power cut would, and returns when it is gone. */
    public void kill() throws LoadtestFailure {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        }
    }

    /** Sends a signal by its name, such as {@code STOP}. */
    public void signal(String name) throws LoadtestFailure {
        run("kill", "-" + name, Long.toString(pid()));
    }

    /** Gives a Java process one of the JDK's diagnostic commands, such as {@code GC.run}, and waits until it is done. */
    public void jcmd(String command) throws LoadtestFailure {
        run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()), command);
    }

    /** Bounds the size of every file that it writes, bytes; empty for no bound any more. */
    public void fileSizeLimit(OptionalLong most) throws LoadtestFailure {
        String bound = most.isPresent() ? Long.toString(most.getAsLong()) : "unlimited";
        run("prlimit", "--pid", Long.toString(pid()), "--fsize=" + bound + ":unlimited");
    }

    private static void run(String... command) throws LoadtestFailure {
        try {
            Process tool = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tool.waitFor() != 0) {
                throw new LoadtestFailure(String.join(" ", command) + " failed.");
            }
        } catch (IOException missing) {
            throw new LoadtestFailure(command[0] + " is not installed.", missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        }
    }

    /** Its exit code, or -1 while it lives. */
    public int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Everything it printed so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return "";
        }
    }

    /** Asks it to finish what it holds, and ends it after its grace. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
