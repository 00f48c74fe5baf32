package io.influtrace.loadtest.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** A real Redis beside the load, and what it says of itself. */
final class RedisServer implements AutoCloseable {

    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=([0-9]+)");

    private final Server server;
    private final UnifiedJedis client;

    private RedisServer(Server server) {
        this.server = server;
        this.client = RedisClient.create("127.0.0.1", server.port());
    }

    static RedisServer start(Path folder, int port, String fsync, List<String> more) {
        List<String> command = new ArrayList<>(
                List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--dir", folder.toString(), "--appendonly", "yes", "--appendfsync", fsync));
        // A rewrite of the file in the middle of a round would be measured with it.
        command.addAll(List.of("--auto-aof-rewrite-percentage", "0", "--maxmemory-policy", "noeviction"));
        command.addAll(more);
        return new RedisServer(Server.start(
                "Redis", Bed.LOAD_CORE, port, folder.resolve("log"), Map.of(), command, () -> Bed.answers(port)));
    }

    String url() {
        return "redis://127.0.0.1:" + server.port();
    }

    int port() {
        return server.port();
    }

    UnifiedJedis client() {
        return client;
    }

    double cpuSeconds() {
        return server.cpuSeconds();
    }

    /** Bytes that its data take. */
    long usedBytes() {
        return number("memory", "used_memory");
    }

    /** Calls of one command so far, in lower case; those within scripts count too. */
    long calls(String command) {
        Matcher calls = CALLS.matcher(info("commandstats"));
        long sum = 0;
        while (calls.find()) {
            sum += calls.group(1).equals(command) ? Long.parseLong(calls.group(2)) : 0;
        }
        return sum;
    }

    void signal(String signal) {
        server.signal(signal);
    }

    private long number(String section, String field) {
        Matcher found = Pattern.compile("(?m)^" + field + ":([0-9]+)").matcher(info(section));
        if (!found.find()) {
            throw new BenchFailure("Redis does not tell its " + field + ".");
        }
        return Long.parseLong(found.group(1));
    }

    private String info(String section) {
        try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            return jedis.info(section);
        }
    }

    @Override
    public void close() {
        client.close();
        server.signal("CONT");
        server.close();
    }
}
