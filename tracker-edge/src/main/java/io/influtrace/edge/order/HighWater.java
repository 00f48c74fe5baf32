package io.influtrace.edge.order;

import java.util.Map;
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

    /** The newest id that was acknowledged so far; empty where none was. To be asked before Redis is. */
    String newest(String stream) {
        return newest.getOrDefault(stream, "");
    }

    void acknowledged(String stream, String id) {
        newest.merge(stream, id, (known, fresh) -> compare(known, fresh) < 0 ? fresh : known);
    }

    /**
     * Whether a report is missing; what is missing is forgotten, so that it is told once.
     *
     * @param known what was {@link #newest} before Redis was asked: what other loops were told since may be newer than
     *     the answer
     * @param last the stream's last id, empty where there is none
     */
    boolean missing(String stream, String known, String last) {
        if (compare(known, last) <= 0) {
            return false;
        }
        newest.replace(stream, known, last);
        return true;
    }

    private static int compare(String one, String other) {
        int byTime = Long.compare(part(one, 0), part(other, 0));
        return byTime != 0 ? byTime : Long.compare(part(one, 1), part(other, 1));
    }

    private static long part(String id, int index) {
        return id.isEmpty() ? 0 : Long.parseLong(id.split("-", 2)[index]);
    }
}
