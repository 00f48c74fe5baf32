package io.influtrace.loadtest.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Redis server of the machine, with an append-only file that is flushed at every write. */
public final class RedisProcess {

    private final Child child;
    private final int port;

    private RedisProcess(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param wrapper put before the command, such as {@code taskset -c 1}; empty for none
     * @param folder where it keeps its data
     */
    public static RedisProcess start(int port, Path folder, List<String> wrapper) throws LoadtestFailure {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toAbsolutePath().toString(), "--save", ""));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
        Child child = Child.start("Redis", command, Map.of(), folder, folder.resolve("redis.log"));
        RedisProcess redis = new RedisProcess(child, port);
        child.await(() -> redis.call("PING").startsWith("+PONG"));
        return redis;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sends one command, and returns the first line of its answer, empty where nobody answers. */
    public String call(String... words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                int bytes = word.getBytes(StandardCharsets.UTF_8).length;
                request.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
            }
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            return line(socket.getInputStream());
        } catch (IOException nobody) {
            return "";
        }
    }

    public void stop() {
        child.stop();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
