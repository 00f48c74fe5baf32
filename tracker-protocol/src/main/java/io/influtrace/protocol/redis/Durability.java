package io.influtrace.protocol.redis;

import java.util.List;
import java.util.Locale;

/**
 * How durable what Redis acknowledges is, and whether it may evict anything.
 *
 * @param level {@code memory}, {@code os}, {@code fsync}, or {@code unknown} where the server tells nothing
 * @param complaint the sentence that mends it; empty where nothing is to be mended
 */
public record Durability(String level, String complaint) {

    private static final List<String> WEAKEST_FIRST = List.of("unknown", "memory", "os", "fsync");

    /**
     * What a server's own words say.
     *
     * @param info the answer of INFO; empty where it is forbidden
     * @param appendfsync the answer of CONFIG GET appendfsync; empty where it is forbidden, which reads as {@code os}
     */
    public static Durability of(String info, String appendfsync) {
        String policy = field(info, "maxmemory_policy");
        String appendOnly = field(info, "aof_enabled");
        if (appendOnly.isEmpty()) {
            return new Durability("unknown", "");
        }
        String level = appendOnly.equals("0")
                ? "memory"
                : appendfsync.toLowerCase(Locale.ROOT).contains("always") ? "fsync" : "os";
        if (!policy.isEmpty() && !policy.equals("noeviction")) {
            return new Durability(
                    level,
                    "Redis may evict orders (maxmemory-policy " + policy
                            + "); say CONFIG SET maxmemory-policy noeviction, or ALLOW_WEAK_REDIS=true.");
        }
        return level.equals("memory")
                ? new Durability(
                        level,
                        "Redis keeps no append-only file, a crash loses orders;"
                                + " say CONFIG SET appendonly yes, or ALLOW_WEAK_REDIS=true.")
                : new Durability(level, "");
    }

    /** That of both servers together: the weaker level, and the first complaint. */
    public Durability and(Durability other) {
        String weaker = WEAKEST_FIRST.indexOf(level) <= WEAKEST_FIRST.indexOf(other.level) ? level : other.level;
        return new Durability(weaker, complaint.isEmpty() ? other.complaint : complaint);
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
