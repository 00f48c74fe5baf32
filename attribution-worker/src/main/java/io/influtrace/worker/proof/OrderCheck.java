package io.influtrace.worker.proof;

import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.ledger.Books;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.OrderRecord.State;
import io.influtrace.worker.ledger.StoredOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that one order's record must agree with by itself: its bytes, its decision, its bookings, its places. Pure. */
final class OrderCheck {

    private OrderCheck() {}

    static List<Difference> of(StoredOrder order) {
        List<Difference> found = new ArrayList<>(content(order));
        order.record().filter(record -> record.state() == State.DONE).ifPresent(record -> {
            String where = "order " + order.identity().text();
            long at = record.place().orElseThrow();
            if (!order.indexed().equals(Optional.of(at))) {
                found.add(Difference.of("index", where, shown(order.indexed()), Long.toString(at)));
            }
            if (!order.held().equals(order.holdsUntil())) {
                found.add(Difference.of("hold", where, shown(order.held()), shown(order.holdsUntil())));
            }
        });
        return found;
    }

    /** What is wrong with the record itself, wherever it lies; nothing may be mended from a record that has any. */
    static List<Difference> content(StoredOrder order) {
        String where = "order " + order.identity().text();
        if (order.record().isEmpty()) {
            return List.of(Difference.of("record", where, order.text(), "unreadable"));
        }
        OrderRecord record = order.record().get();
        List<Difference> found = new ArrayList<>();
        if (!order.text().equals(order.canonical()) && !record.equals(OrderRecord.ABSENT)) {
            found.add(Difference.of("record", where, order.text(), order.canonical()));
        }
        record.ruling().ifPresent(ruling -> decision(where, record, ruling, found));
        return found;
    }

    private static void decision(String where, OrderRecord record, Ruling ruling, List<Difference> found) {
        String stored = StoredOrder.text(ruling.decision(), ruling.inputs());
        Decision again;
        try {
            again = Attribution.decide(ruling.inputs());
        } catch (RuntimeException undecidable) {
            found.add(Difference.of("decision", where, stored, undecidable.toString()));
            return;
        }
        String computed = StoredOrder.text(again, ruling.inputs());
        if (!stored.equals(computed)) {
            found.add(Difference.of("decision", where, stored, computed));
        }
        if (record.state() == State.DONE) {
            bookings(where, record, new Ruling(ruling.inputs(), again), found);
        }
    }

    private static void bookings(String where, OrderRecord record, Ruling ruling, List<Difference> found) {
        List<Long> targets = Books.targets(record, ruling);
        List<Credit> credits = ruling.decision().credits();
        if (record.money().size() != targets.size()) {
            found.add(Difference.of("booking", where, record.money().size() + " credits", targets.size() + " credits"));
            return;
        }
        for (int i = 0; i < targets.size(); i++) {
            Money money = record.money().get(i);
            String credit = where + " " + credits.get(i).creator() + " "
                    + credits.get(i).eventId();
            boolean held = money.epoch() == Money.HELD;
            long misplaced = held ? money.approved() + money.adjusted() : money.pending();
            if (money.sum() != targets.get(i)) {
                found.add(Difference.of("booking", credit, money.sum(), targets.get(i)));
            } else if (misplaced != 0) {
                found.add(Difference.of("booking", credit + (held ? " before" : " after") + " its hold", misplaced, 0));
            }
        }
    }

    private static String shown(Optional<Long> score) {
        return score.map(value -> Long.toString(value)).orElse("none");
    }
}
