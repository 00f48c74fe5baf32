package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Place;
import java.util.Map;

/** How much of its heap a process uses. */
final class Heap {

    /** Of the 192 that every process of a drill has. */
    static final double BOUND_MEBIBYTES = 180;

    private static final double MEBIBYTE = 1 << 20;

    private Heap() {}

    /** In use now, garbage included. */
    static double usedMebibytes(Place place) throws LoadtestFailure {
        return Books.scrape(place).sum("jvm_memory_used_bytes", Map.of("area", "heap")) / MEBIBYTE;
    }

    /** In use behind a full collection: what a leak makes grow. */
    static double liveMebibytes(Place place) throws LoadtestFailure {
        place.child().jcmd("GC.run");
        return usedMebibytes(place);
    }
}
