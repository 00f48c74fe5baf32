package io.influtrace.worker.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reports in one worker's hands, and whose turn it is: a report goes once no earlier one that shares its order or a
 * click with it is unsettled anywhere. What shares nothing goes side by side. Belongs to one thread.
 */
final class Line {

    /** Nothing unread that arrived before any report. */
    static final long ALL_READ = Long.MAX_VALUE;

    /** Nothing is known of what is unread. */
    static final long NOTHING_KNOWN = Long.MIN_VALUE;

    /** How far a report in hand has come. */
    private enum Step {
        /** Since the last look at the streams; others may have been there before it. */
        NEW,
        WAITING,
        GOING
    }

    private final NavigableMap<Arrival, Step> hand = new TreeMap<>(Arrival.ORDER);
    private final Set<String> names = new HashSet<>();
    private final int[] held;

    Line(int partitions) {
        held = new int[partitions];
    }

    /** Takes a report into hand; false where it is there already. */
    boolean add(Arrival arrival) {
        if (!names.add(name(arrival.partition(), arrival.id()))) {
            return false;
        }
        hand.put(arrival, Step.NEW);
        held[arrival.partition()]++;
        return true;
    }

    /** Lets a report go that is settled, or that this worker gives up. */
    void remove(Arrival arrival) {
        if (names.remove(name(arrival.partition(), arrival.id()))) {
            hand.remove(arrival);
            held[arrival.partition()]--;
        }
    }

    /** Whether a stream's entry is in hand. */
    boolean holds(int partition, String id) {
        return names.contains(name(partition, id));
    }

    /** Reports in hand of one partition. */
    int held(int partition) {
        return held[partition];
    }

    /** All that is in hand. */
    List<Arrival> all() {
        return List.copyOf(hand.keySet());
    }

    /** True where anything waits for its turn. */
    boolean waiting() {
        return hand.values().stream().anyMatch(step -> step != Step.GOING);
    }

    /** True where anything was let go and has not come back. */
    boolean going() {
        return hand.containsValue(Step.GOING);
    }

    /** Says that a look at the streams begins: whatever it shows was there after all that is in hand now had come. */
    void look() {
        hand.replaceAll((arrival, step) -> step == Step.NEW ? Step.WAITING : step);
    }

    /**
     * Those whose turn it is, in order of arrival, after a look.
     *
     * @param unread by partition, the earliest receipt (ms) that an entry may have which nobody has read
     * @param elsewhere reports that are in other hands, or in nobody's
     */
    List<Arrival> next(long[] unread, Collection<Arrival> elsewhere) {
        NavigableMap<Arrival, Step> all = hand;
        if (!elsewhere.isEmpty()) {
            all = new TreeMap<>(hand);
            for (Arrival other : elsewhere) {
                all.put(other, Step.GOING);
            }
        }
        Set<String> taken = new HashSet<>();
        List<Arrival> next = new ArrayList<>();
        all.forEach((arrival, step) -> {
            boolean mine = step == Step.WAITING && arrival.receivedAt() <= before(unread, arrival.partition());
            if (mine && Collections.disjoint(arrival.shared(), taken)) {
                next.add(arrival);
            }
            taken.addAll(arrival.shared());
        });
        next.forEach(arrival -> hand.put(arrival, Step.GOING));
        return next;
    }

    /** The earliest receipt that may be unread elsewhere; what is unread of a report's own partition came after it. */
    private static long before(long[] unread, int own) {
        long before = ALL_READ;
        for (int partition = 0; partition < unread.length; partition++) {
            before = partition == own ? before : Math.min(before, unread[partition]);
        }
        return before;
    }

    private static String name(int partition, String id) {
        return partition + "/" + id;
    }
}
