package io.influtrace.worker.ledger;

import io.influtrace.worker.reading.Reading.Span;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where a page begins of what many indexes list by time, newest first: at an instant, behind so many of that instant as the
 * pages before have given. As text it is the pages' cursor.
 *
 * @param at milliseconds, inclusive
 */
record PageStart(long at, int given) {

    /** One thing that an index lists. */
    record Listed(long at, int partition, String name) {
        /** Newest first; those of one instant as an index lists them, so that each answers a beginning of its part. */
        static final Comparator<Listed> ORDER = Comparator.comparingLong(Listed::at)
                .reversed()
                .thenComparingInt(Listed::partition)
                .thenComparing(Listed::name, Comparator.reverseOrder());
    }

    /** One page, and the cursor of the next; empty after the last. */
    record Part(List<Listed> listed, String next) {}

    static PageStart of(Span span, long slack) {
        String[] parts = span.cursor().split("~", 2);
        return parts.length < 2
                ? new PageStart(span.until() - 1 + slack, 0)
                : new PageStart(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
    }

    /** What to ask an index for, from an instant on. */
    Range<Long> range(long from) {
        return Range.from(Range.Boundary.including(from), Range.Boundary.including(at));
    }

    /** How much to ask each index for. */
    Limit limit(int most) {
        return Limit.create(0, enough(most));
    }

    /** How much of each index is enough. */
    int enough(int most) {
        return most + given;
    }

    /** The page among what the indexes answered; each has listed so much as {@link #enough} says or more, or all. */
    Part part(List<Listed> answered, int most) {
        List<Listed> sorted = new ArrayList<>(answered);
        sorted.sort(Listed.ORDER);
        List<Listed> left = sorted.subList(Math.min(given, sorted.size()), sorted.size());
        List<Listed> page = List.copyOf(left.subList(0, Math.min(most, left.size())));
        if (page.size() == left.size()) {
            return new Part(page, "");
        }
        long last = page.get(page.size() - 1).at();
        long ofLast = page.stream().filter(listed -> listed.at() == last).count();
        return new Part(page, last + "~" + (last == at ? given + ofLast : ofLast));
    }
}
