package io.influtrace.worker.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reports in one worker's hands, and whose turn it is: a report goes once no earlier one that shares its order or a
 * click with it is unsettled anywhere. What shares nothing goes side by side. Belongs to one thread.
 */
final class Line {

    /** Nothing unread that arrived before any report. */
    static final long ALL_READ = Long.MAX_VALUE;

    /** Nothing is known of what is unread. */
    static final long NOTHING_KNOWN = Long.MIN_VALUE;

    private final List<Set<String>> held = new ArrayList<>();
    private final Claims claims = new Claims();

    /** Came since the last look at the streams began; others may have been there before them. */
    private final Set<Arrival> fresh = new TreeSet<>(Arrival.ORDER);

    private final Set<Arrival> waiting = new TreeSet<>(Arrival.ORDER);
    private final Set<Arrival> going = new TreeSet<>(Arrival.ORDER);

    Line(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            held.add(new HashSet<>());
        }
    }

    /** Takes a report into hand; false where it is there already. */
    boolean add(Arrival arrival) {
        if (!held.get(arrival.partition()).add(arrival.id())) {
            return false;
        }
        fresh.add(arrival);
        claims.add(arrival);
        return true;
    }

    /** Lets a report go that is settled, or that this worker gives up. */
    void remove(Arrival arrival) {
        if (held.get(arrival.partition()).remove(arrival.id())) {
            claims.remove(arrival);
            fresh.remove(arrival);
            waiting.remove(arrival);
            going.remove(arrival);
        }
    }

    /** Whether a stream's entry is in hand. */
    boolean holds(int partition, String id) {
        return held.get(partition).contains(id);
    }

    /** Reports in hand of one partition. */
    int held(int partition) {
        return held.get(partition).size();
    }

    /** All that is in hand. */
    List<Arrival> all() {
        List<Arrival> all = new ArrayList<>(going);
        all.addAll(waiting);
        all.addAll(fresh);
        return all;
    }

    /** True where anything waits for its turn. */
    boolean waiting() {
        return !waiting.isEmpty() || !fresh.isEmpty();
    }

    /** True where anything was let go and has not come back. */
    boolean going() {
        return !going.isEmpty();
    }

    /** Says that a look at the streams begins: whatever it shows was there after all that is in hand now had come. */
    void look() {
        waiting.addAll(fresh);
        fresh.clear();
    }

    /**
     * Whether any may go if nothing in other hands is in its way; else there is no need to look there.
     *
     * @param unread as in {@link #next}
     */
    boolean ready(long[] unread) {
        return !free(unread).isEmpty();
    }

    /**
     * Those whose turn it is, in order of arrival, after a look.
     *
     * @param unread by partition, the earliest receipt (ms) that an entry may have which nobody has read
     * @param elsewhere reports that are in other hands, or in nobody's
     */
    List<Arrival> next(long[] unread, Claims elsewhere) {
        List<Arrival> next = free(unread);
        next.removeIf(arrival -> !elsewhere.first(arrival));
        next.forEach(waiting::remove);
        going.addAll(next);
        return next;
    }

    /** Those that wait for nothing in hand, and for nothing unread. */
    private List<Arrival> free(long[] unread) {
        long[] before = elsewhere(unread);
        List<Arrival> free = new ArrayList<>();
        for (Arrival arrival : waiting) {
            if (arrival.receivedAt() <= before[arrival.partition()] && claims.first(arrival)) {
                free.add(arrival);
            }
        }
        return free;
    }

    /**
     * By partition, the earliest receipt that may be unread in any other; what is unread of a report's own partition came after
     * it.
     */
    private static long[] elsewhere(long[] unread) {
        long[] sorted = unread.clone();
        Arrays.sort(sorted);
        long second = sorted.length > 1 ? sorted[1] : ALL_READ;
        long[] before = new long[unread.length];
        for (int partition = 0; partition < unread.length; partition++) {
            before[partition] = unread[partition] == sorted[0] ? second : sorted[0];
        }
        return before;
    }
}
