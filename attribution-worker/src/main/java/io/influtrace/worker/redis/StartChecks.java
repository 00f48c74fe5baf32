package io.influtrace.worker.redis;

import io.influtrace.protocol.redis.Deployment;
import io.influtrace.protocol.redis.Durability;
import io.influtrace.protocol.redis.Keys;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of Redis before a worker touches anything in it. Blocks; for the thread that starts the process. */
public final class StartChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    private final RedisConnection<String> redis;

    private StartChecks(RedisConnection<String> redis) {
        this.redis = redis;
    }

    /** Checks over this connection. */
    public static StartChecks over(RedisConnection<String> redis) {
        return new StartChecks(redis);
    }

    /**
     * How durable Redis is, in a cluster its weakest master.
     *
     * @param allowWeak only warn where Redis evicts or keeps no append-only file
     */
    public Durability durability(boolean allowWeak) throws Refused {
        Durability found = masters().stream()
                .map(StartChecks::ask)
                .reduce(Durability::and)
                .orElseThrow(() -> new RedisAway(new IllegalStateException("the cluster names no master")));
        if (found.level().equals("unknown")) {
            LOG.warn("redis=unchecked cause=\"INFO is forbidden; durability and eviction are unknown\"");
        } else if (!found.complaint().isEmpty() && !allowWeak) {
            throw new Refused(found.complaint());
        } else if (!found.complaint().isEmpty()) {
            LOG.warn("redis=weak cause=\"{}\"", found.complaint());
        }
        return found;
    }

    /** Makes each shared field that nobody made yet, then reads them all; another layout or count is refused. */
    public Deployment meet(Deployment.Wanted wanted) throws Refused {
        wanted.offer(new SecureRandom())
                .forEach((field, value) -> Answers.of(redis.async().hsetnx(Keys.META, field, value)));
        Map<String, String> fields = Answers.of(redis.async().hgetall(Keys.META));
        try {
            return wanted.with(fields);
        } catch (IllegalStateException mismatch) {
            throw new Refused(String.valueOf(mismatch.getMessage()));
        }
    }

    private List<RedisClusterAsyncCommands<String, String>> masters() {
        if (redis.connection() instanceof StatefulRedisClusterConnection<String, String> cluster) {
            var masters = cluster.async().upstream();
            return IntStream.range(0, masters.size())
                    .<RedisClusterAsyncCommands<String, String>>mapToObj(masters::commands)
                    .toList();
        }
        return List.of(redis.async());
    }

    private static Durability ask(RedisClusterAsyncCommands<String, String> server) {
        String info = permitted("INFO", server::info, "");
        Map<String, String> fsync = permitted("CONFIG", () -> server.configGet("appendfsync"), Map.of());
        return Durability.of(info, fsync.getOrDefault("appendfsync", ""));
    }

    private static <T> T permitted(String command, Supplier<CompletionStage<T>> question, T otherwise) {
        try {
            return Answers.of(question.get());
        } catch (RedisAway away) {
            if (away.getCause() instanceof RedisCommandExecutionException) {
                LOG.warn(
                        "redis=silent command={} cause=\"{}\"",
                        command,
                        away.getCause().getMessage());
                return otherwise;
            }
            throw away;
        }
    }
}
