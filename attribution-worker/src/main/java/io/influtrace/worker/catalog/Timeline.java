package io.influtrace.worker.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every version of one thing, oldest first; each holds from its instant until the next one's.
 *
 * @param versions at least one, by {@code from}; numbers count from 1
 */
public record Timeline<T>(List<Version<T>> versions) {

    /**
     * One version.
     *
     * @param from milliseconds since the epoch, inclusive
     */
    public record Version<T>(int number, long from, T value) {}

    public Timeline {
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a timeline has at least one version");
        }
    }

    /** The first version of a thing. */
    public static <T> Timeline<T> of(long from, T value) {
        return new Timeline<>(List.of(new Version<>(1, from, value)));
    }

    /** This with one more version; where two begin at one instant, the later one holds. */
    public Timeline<T> with(long from, T value) {
        long begins = Math.max(from, latest().from());
        List<Version<T>> longer = new ArrayList<>(versions);
        longer.add(new Version<>(latest().number() + 1, begins, value));
        return new Timeline<>(longer);
    }

    /** The version in force at an instant; empty before the first. */
    public Optional<Version<T>> at(long instant) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).from() <= instant) {
                return Optional.of(versions.get(i));
            }
        }
        return Optional.empty();
    }

    /** The newest version. */
    public Version<T> latest() {
        return versions.get(versions.size() - 1);
    }

    /** The newest version's value. */
    public T now() {
        return latest().value();
    }
}
