package io.influtrace.worker.order;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.ledger.Books;
import io.influtrace.worker.ledger.Change;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** Books what must stand of each credit: into pending until the hold ends, then approved, after a payout adjusted. */
record Booking(Ledger ledger) {

    /** The change to a record whose credits are booked as they must stand; {@code after} carries what was booked before. */
    CompletionStage<Change> change(OrderIdentity order, OrderRecord before, OrderRecord after, String kind) {
        return payouts(order, after)
                .thenApply(epochs -> Change.of(order, before, after.booking(booked(before, after, epochs)), kind)
                        .on(epochs));
    }

    /** The change that approves every credit whose hold has ended. */
    CompletionStage<Change> approval(OrderIdentity order, OrderRecord record, long now) {
        Set<String> fields = new TreeSet<>();
        credits(record).forEach(credit -> fields.add(epochField(credit)));
        return ledger.epochs(order, fields).thenApply(epochs -> {
            List<Money> money = new ArrayList<>();
            for (int i = 0; i < record.money().size(); i++) {
                Money held = record.money().get(i);
                boolean over = held.epoch() == Money.HELD && Change.holdEnds(record, i) <= now;
                long epoch = epochs.getOrDefault(epochField(credits(record).get(i)), 0L);
                money.add(over ? new Money(0, held.pending(), 0, epoch) : held);
            }
            return Change.of(order, record, record.booking(money), "approve").on(epochs);
        });
    }

    private CompletionStage<Map<String, Long>> payouts(OrderIdentity order, OrderRecord record) {
        Set<String> fields = new TreeSet<>();
        List<Credit> credits = credits(record);
        for (int i = 0; i < record.money().size() && i < credits.size(); i++) {
            if (record.money().get(i).epoch() != Money.HELD) {
                fields.add(epochField(credits.get(i)));
            }
        }
        return ledger.epochs(order, fields);
    }

    private static List<Money> booked(OrderRecord before, OrderRecord after, Map<String, Long> epochs) {
        Ruling ruling = after.ruling().orElseThrow();
        List<Long> targets = Books.targets(after, ruling);
        List<Money> booked = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Money money = i < after.money().size() ? after.money().get(i) : Money.NONE;
            Credit credit = ruling.decision().credits().get(i);
            if (i < credits(before).size()
                    && !credits(before).get(i).commissionCurrency().equals(credit.commissionCurrency())) {
                money = new Money(0, 0, 0, money.epoch());
            }
            booked.add(moved(money, targets.get(i) - money.sum(), epochs.getOrDefault(epochField(credit), 0L)));
        }
        return booked;
    }

    private static Money moved(Money money, long by, long payouts) {
        if (money.epoch() == Money.HELD) {
            return new Money(money.pending() + by, 0, 0, Money.HELD);
        }
        return payouts > money.epoch()
                ? new Money(0, money.approved(), money.adjusted() + by, money.epoch())
                : new Money(0, money.approved() + by, money.adjusted(), money.epoch());
    }

    private static List<Credit> credits(OrderRecord record) {
        return record.ruling().map(ruling -> ruling.decision().credits()).orElse(List.of());
    }

    private static String epochField(Credit credit) {
        return Ledger.epochField(credit.creator(), credit.commissionCurrency());
    }
}
