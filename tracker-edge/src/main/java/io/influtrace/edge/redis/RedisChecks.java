package io.influtrace.edge.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Locale;

/**
 * How durable what Redis acknowledges is, and whether it may evict anything.
 *
 * @param level {@code memory}, {@code os}, {@code fsync}, or {@code unknown} where the server tells nothing
 * @param complaint the sentence that mends it; empty where nothing is to be mended
 */
public record RedisChecks(String level, String complaint) {

    /** Asks the server of that key. */
    public static Future<RedisChecks> ask(RedisNodes nodes, String key) {
        return nodes.send(key, Request.cmd(Command.INFO))
                .map(info -> info.toString())
                .recover(forbidden ->
                        refusedByServer(forbidden) ? Future.succeededFuture("") : Future.failedFuture(forbidden))
                .compose(info -> nodes.send(
                                key, Request.cmd(Command.CONFIG).arg("GET").arg("appendfsync"))
                        .map(reply -> reply.toString())
                        .recover(forbidden -> refusedByServer(forbidden)
                                ? Future.succeededFuture("")
                                : Future.failedFuture(forbidden))
                        .map(fsync -> judge(info, fsync)));
    }

    static RedisChecks judge(String info, String appendfsync) {
        String policy = field(info, "maxmemory_policy");
        String appendOnly = field(info, "aof_enabled");
        if (appendOnly.isEmpty()) {
            return new RedisChecks("unknown", "");
        }
        String level = appendOnly.equals("0")
                ? "memory"
                : appendfsync.toLowerCase(Locale.ROOT).contains("always") ? "fsync" : "os";
        if (!policy.isEmpty() && !policy.equals("noeviction")) {
            return new RedisChecks(
                    level,
                    "Redis may evict orders (maxmemory-policy " + policy
                            + "); say CONFIG SET maxmemory-policy noeviction, or ALLOW_WEAK_REDIS=true.");
        }
        return level.equals("memory")
                ? new RedisChecks(
                        level,
                        "Redis keeps no append-only file, a crash loses orders;"
                                + " say CONFIG SET appendonly yes, or ALLOW_WEAK_REDIS=true.")
                : new RedisChecks(level, "");
    }

    private static boolean refusedByServer(Throwable failure) {
        return !(failure instanceof RedisAway);
    }

    private static String field(String info, String name) {
        int at = info.indexOf(name + ":");
        if (at < 0) {
            return "";
        }
        int end = info.indexOf('\n', at);
        return info.substring(at + name.length() + 1, end < 0 ? info.length() : end)
                .strip();
    }
}
