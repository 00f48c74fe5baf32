package io.influtrace.worker.attribution;

import java.util.ArrayList;
import java.util.List;

/** Spans of time as people say them. */
final class Spoken {

    private static final long[] UNITS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] NAMES = {"d", "h", "min", "s", "ms"};

    private Spoken() {}

    /** The span's leading unit and, where it is not zero, the next lower one present: {@code 31 d 2 h}; 0 is {@code 0 s}. */
    static String span(long millis) {
        List<String> parts = new ArrayList<>();
        long left = Math.abs(millis);
        for (int i = 0; i < UNITS.length && parts.size() < 2; i++) {
            long count = left / UNITS[i];
            if (count > 0) {
                parts.add(count + " " + NAMES[i]);
            }
            left -= count * UNITS[i];
        }
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }
}
