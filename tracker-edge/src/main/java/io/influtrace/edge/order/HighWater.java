package io.influtrace.edge.order;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest report of each stream that Redis acknowledged to this process. A stream that ends before it has lost what was
 * accepted: its server went back in time, by a crash below {@code fsync}, a failover, a cut file or a restored backup. Safe
 * for any thread.
 */
public final class HighWater {

    private final Map<String, String> newest = new ConcurrentHashMap<>();

    /** Nothing was acknowledged yet. */
    public static HighWater empty() {
        return new HighWater();
    }

    private HighWater() {}

    boolean knows(String stream) {
        return newest.containsKey(stream);
    }

    void acknowledged(String stream, String id) {
        newest.merge(stream, id, (known, fresh) -> compare(known, fresh) < 0 ? fresh : known);
    }

    /**
     * The id of the newest report that is missing; empty where none is. What is missing is told once.
     *
     * @param last the stream's last id, empty where there is none
     */
    Optional<String> missing(String stream, String last) {
        String known = newest.getOrDefault(stream, "");
        if (compare(known, last) <= 0 || !newest.replace(stream, known, last)) {
            return Optional.empty();
        }
        return Optional.of(known);
    }

    private static int compare(String one, String other) {
        int byTime = Long.compare(part(one, 0), part(other, 0));
        return byTime != 0 ? byTime : Long.compare(part(one, 1), part(other, 1));
    }

    private static long part(String id, int index) {
        return id.isEmpty() ? 0 : Long.parseLong(id.split("-", 2)[index]);
    }
}
