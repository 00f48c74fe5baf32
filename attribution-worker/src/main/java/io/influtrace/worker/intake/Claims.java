package io.influtrace.worker.intake;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which reports want each thing that reports share, in order of arrival. Adding and removing one costs what it shares,
 * however many others there are. Belongs to one thread.
 */
final class Claims {

    private static final Comparator<Arrival> ORDER = Arrival.ORDER;

    private final Map<String, TreeSet<Arrival>> claimants = new HashMap<>();

    /** A report that is unsettled; again is the same as once. */
    void add(Arrival arrival) {
        for (String shared : arrival.shared()) {
            claimants.computeIfAbsent(shared, fresh -> new TreeSet<>(ORDER)).add(arrival);
        }
    }

    /** The report is settled, or no business of these claims any more. */
    void remove(Arrival arrival) {
        for (String shared : arrival.shared()) {
            claimants.computeIfPresent(shared, (name, claiming) -> {
                claiming.remove(arrival);
                return claiming.isEmpty() ? null : claiming;
            });
        }
    }

    /** True where none that arrived before it shares anything with it. */
    boolean first(Arrival arrival) {
        for (String shared : arrival.shared()) {
            TreeSet<Arrival> claiming = claimants.get(shared);
            if (claiming != null && ORDER.compare(claiming.first(), arrival) < 0) {
                return false;
            }
        }
        return true;
    }
}
