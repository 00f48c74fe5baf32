package io.influtrace.worker.intake;

import io.influtrace.protocol.order.Report;
import io.influtrace.worker.order.Tokens;
import java.util.Comparator;
import java.util.List;

/**
 * A report as it arrived.
 *
 * @param id the stream's id of its entry
 * @param tokens its click tokens, opened
 * @param shared what it must not be settled beside another for: its order, a click of the same browser, a limited code, a
 *     creator whose rate hangs on the number of orders
 * @param again true where a worker had it before, and may have died of it
 */
record Arrival(int partition, String id, Report report, Tokens tokens, List<String> shared, boolean again) {

    /** By the edge's receipt; those of one instant by the time at which Redis had them. */
    static final Comparator<Arrival> ORDER = Comparator.comparingLong(Arrival::receivedAt)
            .thenComparing(arrival -> arrival.id.length())
            .thenComparing(Arrival::id)
            .thenComparingInt(Arrival::partition);

    Arrival {
        shared = List.copyOf(shared);
    }

    /** Milliseconds since the epoch. */
    long receivedAt() {
        return report.receivedAt();
    }
}
