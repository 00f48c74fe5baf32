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

/** Walks the index of one partition: each place must be the one that the order's record asks for. */
record PlaceRound(RedisConnection<String> redis, int partition, Inspection walk, Findings findings, boolean mending) {

    /** Places looked at at a time: one script of some hundred kilobytes. */
    private static final int PAGE = 200;

    /** How often a place whose record is just changing is looked at again; then the next proof tells. */
    private static final int TRIES = 5;

    void places() {
        OptionalLong from = OptionalLong.of(TimeIndex.BEGINNING);
        while (from.isPresent()) {
            TimeIndex.Part part = Answers.of(
                    TimeIndex.oldest(redis, LedgerKeys.orderIndex(partition), from.getAsLong(), Long.MAX_VALUE, PAGE));
            List<StoredOrder> orders = walk.orders(part.names());
            for (int i = 0; i < orders.size(); i++) {
                long at = part.listed().get(i).at();
                if (!due(orders.get(i).record()).equals(Optional.of(at))) {
                    stray(orders.get(i).identity(), at);
                }
            }
            from = part.next();
        }
    }

    private static Optional<Long> due(Optional<OrderRecord> record) {
        return record.flatMap(OrderRecord::place);
    }

    private void stray(OrderIdentity order, long at) {
        for (int i = 0; i < TRIES; i++) {
            Inspection.Place place = walk.place(order, at);
            Optional<Long> due = due(place.record());
            if (!place.listed() || due.equals(Optional.of(at))) {
                return;
            }
            String computed = due.map(other -> Long.toString(other)).orElse("none");
            Difference found = Difference.of("index", "order " + order.text(), Long.toString(at), computed);
            if (!mending || place.record().isEmpty()) {
                findings.left(found);
                return;
            }
            if (walk.displace(order, at, place.record().get().version())) {
                findings.mended(found);
                return;
            }
        }
    }
}
