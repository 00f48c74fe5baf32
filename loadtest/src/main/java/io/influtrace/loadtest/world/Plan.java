package io.influtrace.loadtest.world;

import io.influtrace.loadtest.process.RedisProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a world consists of.
 *
 * @param edges how many
 * @param workers how many
 * @param redis options of its server
 * @param proxied whose connections to Redis go through a {@link Proxy}
 * @param javaOptions of every process of the product
 * @param environment beside what every process needs
 */
public record Plan(
        int edges,
        int workers,
        List<String> redis,
        Proxied proxied,
        List<String> javaOptions,
        Map<String, String> environment) {

    /** Whose connections go through the proxy. */
    public enum Proxied {
        NOBODY,
        EDGES,
        EVERYBODY
    }

    /** One compiler is enough for lives of seconds, and a heap so small that a leak shows. */
    private static final List<String> SHORT_LIVES = List.of("-XX:TieredStopAtLevel=1", "-Xmx192m");

    public Plan {
        redis = List.copyOf(redis);
        javaOptions = List.copyOf(javaOptions);
        environment = Map.copyOf(environment);
    }

    /** So many edges and workers on a Redis that flushes every write. */
    public static Plan of(int edges, int workers) {
        // The drills' one store sends what a thousand stores would.
        return new Plan(
                edges, workers, RedisProcess.ALWAYS, Proxied.NOBODY, SHORT_LIVES, Map.of("RATE_LIMIT", "1000000"));
    }

    public Plan onRedis(String... options) {
        return new Plan(edges, workers, List.of(options), proxied, javaOptions, environment);
    }

    public Plan throughProxy(Proxied whose) {
        return new Plan(edges, workers, redis, whose, javaOptions, environment);
    }

    public Plan with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Plan(edges, workers, redis, proxied, javaOptions, more);
    }

    public Plan java(String... options) {
        return new Plan(edges, workers, redis, proxied, List.of(options), environment);
    }
}
