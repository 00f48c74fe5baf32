package io.influtrace.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An edge in a process of its own, as an operator starts it, with all that it says. */
public final class ChildEdge implements AutoCloseable {

    private static final Pattern SERVING = Pattern.compile("edge=serving port=([0-9]+) ops=([0-9]+)");

    private final Process process;
    private final Path said;
    private final Path data;

    private ChildEdge(Process process, Path said, Path data) {
        this.process = process;
        this.said = said;
        this.data = data;
    }

    /** Starts one, on ports of the system's choice unless the environment says otherwise. */
    public static ChildEdge start(Map<String, String> environment, String... jvmOptions) throws IOException {
        Path folder = Files.createTempDirectory("edge-child");
        Path data = folder.resolve("data");
        Path said = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.influtrace.edge.EdgeMain"));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> all = new HashMap<>(Map.of(
                "EDGE_PORT", "0",
                "EDGE_OPS_PORT", "0",
                "EDGE_EVENT_LOOPS", "1",
                "DATA_DIR", data.toString()));
        all.putAll(environment);
        builder.environment().putAll(all);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        return new ChildEdge(process, said, data);
    }

    /** The public port, once it serves. */
    public int port() throws Exception {
        Await.until("the edge serves", () -> SERVING.matcher(log()).find());
        Matcher line = SERVING.matcher(log());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    /** All that it said so far, on both of its outputs. */
    public String log() {
        try {
            return Files.readString(said);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its data folder. */
    public Path data() {
        return data;
    }

    /** Its exit code, once it has ended by itself. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the edge did not end:\n" + log());
        }
        return process.exitValue();
    }

    /** Asks it to end as a supervisor does, and waits for its end. */
    public void stop() throws InterruptedException {
        process.destroy();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
