package io.influtrace.worker.proof;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.ledger.Inspection;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.StoredOrder;
import io.influtrace.worker.ledger.TimeIndex;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Walks the index and the holds of one partition: each place must be the one that the order's record asks for. */
record PlaceRound(RedisConnection<String> redis, int partition, Inspection walk, Findings findings, boolean mending) {

    /** Places looked at at a time: one script of some hundred kilobytes. */
    private static final int PAGE = 200;

    /** How often a place whose record is just changing is looked at again; then the next proof tells. */
    private static final int TRIES = 5;

    void places() {
        places("index", LedgerKeys.orderIndex(partition), OrderRecord::place);
        places("hold", LedgerKeys.holds(partition), StoredOrder::holdsUntil);
    }

    private void places(String what, String index, Function<OrderRecord, Optional<Long>> wanted) {
        OptionalLong from = OptionalLong.of(TimeIndex.BEGINNING);
        while (from.isPresent()) {
            TimeIndex.Part part = Answers.of(TimeIndex.oldest(redis, index, from.getAsLong(), Long.MAX_VALUE, PAGE));
            List<StoredOrder> orders = walk.orders(part.names());
            for (int i = 0; i < orders.size(); i++) {
                long at = part.listed().get(i).at();
                if (!orders.get(i).record().flatMap(wanted).equals(Optional.of(at))) {
                    stray(what, index, orders.get(i).identity(), at, wanted);
                }
            }
            from = part.next();
        }
    }

    private void stray(
            String what, String index, OrderIdentity order, long at, Function<OrderRecord, Optional<Long>> wanted) {
        for (int i = 0; i < TRIES; i++) {
            Inspection.Place place = walk.place(index, order, at);
            Optional<Long> due = place.record().flatMap(wanted);
            if (!place.listed() || due.equals(Optional.of(at))) {
                return;
            }
            Difference found = Difference.of(
                    what,
                    "order " + order.text(),
                    Long.toString(at),
                    due.map(other -> Long.toString(other)).orElse("none"));
            boolean sound = mending && place.record().isPresent();
            if (!sound) {
                findings.left(found);
                return;
            }
            if (walk.displace(index, order, at, place.record().get().version())) {
                findings.mended(found);
                return;
            }
        }
    }
}
