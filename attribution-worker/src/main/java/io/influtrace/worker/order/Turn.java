package io.influtrace.worker.order;

import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import java.util.Optional;

/**
 * What one try at settling a report came to.
 *
 * @param again the record to try again from; empty where the outcome stands
 */
record Turn(Outcome outcome, Optional<OrderRecord> again) {

    static Turn over(Outcome outcome) {
        return new Turn(outcome, Optional.empty());
    }

    static Turn again(OrderRecord current) {
        return new Turn(Outcome.SETTLED_ELSEWHERE, Optional.of(current));
    }

    /** The end of a try that made one change. */
    static Turn of(Ledger.Put put, Outcome outcome) {
        if (put instanceof Ledger.Changed changed) {
            return again(changed.current());
        }
        return over(put instanceof Ledger.Gone ? Outcome.SETTLED_ELSEWHERE : outcome);
    }

    /** The end of a settlement; a record that another report shaped is tried again. */
    static Turn settled(OrderRecord record, String entry) {
        boolean done =
                record.state() == OrderRecord.State.DONE && record.entry().equals(entry);
        return done
                ? over(record.ruling()
                        .map(ruling -> Outcome.of(ruling.decision()))
                        .orElse(Outcome.SETTLED_ELSEWHERE))
                : again(record);
    }
}
