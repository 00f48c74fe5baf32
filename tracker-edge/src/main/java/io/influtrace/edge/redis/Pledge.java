package io.influtrace.edge.redis;

import io.influtrace.protocol.redis.Durability;

/**
 * What a 2xx of this edge means, and how each write makes it so.
 *
 * @param level {@code memory}, {@code os}, {@code fsync}, {@code replica} or {@code unknown}
 * @param complaint the sentence that mends it; empty where nothing is to be mended
 * @param binding whether the complaint is about what {@code DURABILITY} demands, which nothing else can allow
 */
public record Pledge(String level, Acknowledgement by, String complaint, boolean binding) {

    /** Before Redis was met. */
    public static Pledge unknown(String wanted) {
        return new Pledge("unknown", wanted.isEmpty() ? Acknowledgement.NONE : Acknowledgement.IMPOSSIBLE, "", false);
    }

    /**
     * What can be promised.
     *
     * @param wanted the least that a 2xx must mean: {@code os}, {@code fsync}, {@code replica}, or empty for whatever
     *     Redis gives
     * @param waitAof whether every server knows WAITAOF, which Redis has from 7.2 on
     */
    public static Pledge of(String wanted, Durability found, boolean waitAof) {
        boolean keepsFile = found.level().equals("os") || found.level().equals("fsync");
        boolean flushes = found.level().equals("fsync");
        if (wanted.isEmpty()) {
            return new Pledge(found.level(), Acknowledgement.NONE, found.complaint(), false);
        }
        if (!found.complaint().isEmpty() || !keepsFile) {
            String why = found.complaint().isEmpty() ? "Redis does not tell what it keeps." : found.complaint();
            return unable(wanted, found, why);
        }
        if (wanted.equals("os")) {
            return new Pledge(found.level(), Acknowledgement.NONE, "", false);
        }
        if (!flushes && !waitAof) {
            return unable(
                    wanted,
                    found,
                    "Redis flushes once a second and has no WAITAOF (7.2); say CONFIG SET appendfsync always.");
        }
        if (wanted.equals("fsync")) {
            return new Pledge("fsync", flushes ? Acknowledgement.NONE : Acknowledgement.DISK, "", false);
        }
        return new Pledge("replica", waitAof ? Acknowledgement.DISK_AND_REPLICA : Acknowledgement.REPLICA, "", false);
    }

    private static Pledge unable(String wanted, Durability found, String why) {
        return new Pledge(
                found.level(), Acknowledgement.IMPOSSIBLE, "DURABILITY=" + wanted + " cannot be kept: " + why, true);
    }
}
