package io.influtrace.worker.proof;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a proof has found so far; the first differences in full, the others counted. */
final class Findings {

    /** Differences that are kept: whoever has more reads the first, mends, and looks again. */
    static final int MAX_KEPT = 1_000;

    private final Set<Difference> left = new LinkedHashSet<>();
    private final Set<Difference> mended = new LinkedHashSet<>();
    private final Map<String, Map<String, Long>> sums = new TreeMap<>();
    private long more;
    private long orders;
    private long unsettled;

    /** Something is wrong and stays so. */
    void left(Difference difference) {
        if (left.size() < MAX_KEPT) {
            left.add(difference);
        } else if (!left.contains(difference)) {
            more++;
        }
    }

    /** Something was wrong. */
    void mended(Difference difference) {
        if (mended.size() < MAX_KEPT) {
            mended.add(difference);
        }
    }

    /** An order was looked at. */
    void order(boolean still) {
        orders++;
        unsettled += still ? 0 : 1;
    }

    /** A balance stands. */
    void balance(String field, long value) {
        String[] parts = field.split("\t", -1);
        if (parts.length == 3 && !parts[2].equals("epoch")) {
            sums.computeIfAbsent(parts[1], currency -> new TreeMap<>()).merge(parts[2], value, Long::sum);
        }
    }

    Statement statement(long entries) {
        return new Statement(left, more, mended, orders, unsettled, entries, sums);
    }
}
