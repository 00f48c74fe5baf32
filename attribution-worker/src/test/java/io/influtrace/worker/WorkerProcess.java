package io.influtrace.worker;

import io.influtrace.worker.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worker as a process of its own, with the classes under test, on ports that the system chooses. */
final class WorkerProcess implements AutoCloseable {

    private static final Pattern SERVING = Pattern.compile("worker=serving port=([0-9]+) ops=([0-9]+)");
    private static final Pattern EMBEDDED = Pattern.compile("embedded=up pid=([0-9]+) .* port=([0-9]+) ");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Launches it in that folder; ports are free ones unless the environment says otherwise. */
    static WorkerProcess launch(Path folder, Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile(folder, "worker", ".log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> variables = new HashMap<>(Map.of(
                "WORKER_PORT", "0",
                "WORKER_OPS_PORT", "0",
                "REDIS_PORT", "0",
                "DATA_DIR", "data",
                "SHUTDOWN_LEAD", "PT0S"));
        variables.putAll(environment);
        builder.environment().putAll(variables);
        return new WorkerProcess(builder.start(), log);
    }

    /** Waits until it serves. */
    WorkerProcess serving() throws Exception {
        Await.until(
                "the worker serves or ends",
                () -> !process.isAlive() || SERVING.matcher(said()).find());
        if (!process.isAlive()) {
            throw new AssertionError("the worker ended with " + process.exitValue() + ":\n" + said());
        }
        return this;
    }

    /** Waits until it ends by itself, and says with which code. */
    int exit() throws Exception {
        Await.until("the worker ends", () -> !process.isAlive());
        return process.exitValue();
    }

    /** Asks it to end, as a service manager does, and waits. */
    int terminate() throws Exception {
        process.destroy();
        return exit();
    }

    /** Ends it at once, as kill -9 does. */
    void kill() throws Exception {
        process.destroyForcibly();
        exit();
    }

    /** All that it printed. */
    String said() throws IOException {
        return Files.readString(log);
    }

    /** Whether its embedded Redis runs. */
    boolean redisLives() throws IOException {
        return ProcessHandle.of(Long.parseLong(found(EMBEDDED, 1)))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    int redisPort() throws IOException {
        return Integer.parseInt(found(EMBEDDED, 2));
    }

    int opsPort() throws IOException {
        return Integer.parseInt(found(SERVING, 2));
    }

    int port() throws IOException {
        return Integer.parseInt(found(SERVING, 1));
    }

    /** An answer of its private port. */
    HttpResponse<String> ops(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + opsPort() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String found(Pattern pattern, int group) throws IOException {
        Matcher matcher = pattern.matcher(said());
        if (!matcher.find()) {
            throw new AssertionError("not said: " + pattern + " in\n" + said());
        }
        return matcher.group(group);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join().destroyForcibly();
    }
}
