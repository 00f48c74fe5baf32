package io.influtrace.worker.click;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.ledger.Change;
import io.influtrace.worker.ledger.Clicks;
import io.influtrace.worker.ledger.Holds;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.TimeIndex;
import io.influtrace.worker.ledger.Touches;
import io.influtrace.worker.order.Orders;
import io.influtrace.worker.redis.Answers;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * All that time alone brings: what a dead worker left undone is done, holds end, events expire, old logs go. Blocks, on a
 * thread that may; any number of workers may run it at once.
 *
 * @param unsettled when the oldest unsettled order of all partitions happened; empty where that cannot be told
 * @param retention how long a swept click's row is kept, from the click on
 */
public record Sweep(
        Orders orders,
        Clicks clicks,
        Catalog catalog,
        Clock clock,
        Supplier<OptionalLong> unsettled,
        Duration retention) {

    /** What one turn takes from an index, so that no reply is large; the turns go on until nothing is left. */
    private static final int PAGE = 500;

    /** Buckets swept at once: one wait for all of them, and half a millisecond of Redis's time in one piece. */
    private static final int SIDE_BY_SIDE = 16;

    private static final long DAY = 86_400_000;

    /** Shorter would forget clicks that an order may still name: the longest window and the grace. */
    public static final Duration LEAST_RETENTION = Duration.ofDays(365 + 8 + 1);

    public Sweep {
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException("retention is below " + LEAST_RETENTION.toDays() + " days");
        }
    }

    /** Writes what settled orders left to be written when their worker died. */
    public void finish() {
        for (int partition = 0; partition < orders.ledger().partitions().count(); partition++) {
            finish(partition);
        }
    }

    /** Runs until nothing is left to do; answers its clock, or nothing where an entry could not be read. */
    public OptionalLong run() {
        long now = clock.millis();
        finish();
        for (int partition = 0; partition < orders.ledger().partitions().count(); partition++) {
            approve(partition, now);
        }
        OptionalLong oldest = unsettled.get();
        if (oldest.isEmpty()) {
            return oldest;
        }
        long until = Math.min(now, oldest.getAsLong());
        for (int partition = 0; partition < orders.ledger().partitions().count(); partition++) {
            expire(partition, until);
            forget(partition, now - retention.toMillis());
        }
        return OptionalLong.of(until);
    }

    private void finish(int partition) {
        Collection<String> undone = Answers.of(orders.ledger().unfinished(partition));
        for (String order : undone) {
            Answers.of(orders.finish(OrderIdentity.parse(order)));
        }
    }

    private void approve(int partition, long now) {
        Holds holds = orders.ledger().holds();
        List<Holds.Taken> taken = Answers.of(holds.take(partition, now));
        while (!taken.isEmpty()) {
            for (Holds.Taken each : taken) {
                approve(partition, each, now);
                Answers.of(holds.approved(partition, each));
            }
            taken = Answers.of(holds.take(partition, now));
        }
    }

    private void approve(int partition, Holds.Taken taken, long now) {
        OptionalLong from = OptionalLong.of(taken.from());
        while (from.isPresent()) {
            TimeIndex.Part part = Answers.of(orders.ledger().holds().orders(partition, taken, from.getAsLong(), PAGE));
            List<OrderRecord> records = Answers.of(orders.ledger().readAll(partition, part.names()));
            for (int i = 0; i < records.size(); i++) {
                if (Change.holdsUntil(records.get(i), now)) {
                    Answers.of(orders.approve(OrderIdentity.parse(part.names().get(i)), now));
                }
            }
            from = part.next();
        }
    }

    private void expire(int partition, long until) {
        Answers.of(clicks.sweeping(partition, until));
        for (int days : catalog.windows()) {
            long span = days * DAY + Touches.GRACE;
            List<String> due = Answers.of(clicks.due(partition, days, until - span, PAGE));
            while (!due.isEmpty()) {
                sweep(partition, days, due, span, until);
                due = Answers.of(clicks.due(partition, days, until - span, PAGE));
            }
        }
    }

    private void sweep(int partition, int days, List<String> due, long span, long until) {
        for (int from = 0; from < due.size(); from += SIDE_BY_SIDE) {
            List<CompletionStage<Long>> sweeps = due.subList(from, Math.min(from + SIDE_BY_SIDE, due.size())).stream()
                    .map(bucket -> clicks.sweep(partition, days, bucket, span, until))
                    .toList();
            sweeps.forEach(Answers::of);
        }
    }

    private void forget(int partition, long before) {
        for (int days : catalog.windows()) {
            for (String bucket : Answers.of(clicks.kept(partition, days, before, PAGE))) {
                Answers.of(clicks.forget(partition, days, bucket));
            }
        }
    }
}
