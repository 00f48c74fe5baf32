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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Books what must stand of each credit: into pending until the hold ends, then approved, after a payout adjusted. */
record Booking(Ledger ledger) {

    /** The change to a record whose credits are booked as they must stand; {@code after} carries what was booked before. */
    CompletionStage<Change> change(OrderIdentity order, OrderRecord before, OrderRecord after, String kind) {
        return payouts(order, before, after).thenApply(epochs -> {
            OrderRecord booked =
                    after.leaving(paidElsewhere(before, after, epochs)).booking(booked(before, after, epochs));
            return Change.of(order, before, booked, kind).on(epochs);
        });
    }

    /** Rewrites a record for a report that decides nothing anew; settled credits are booked as they must stand then. */
    CompletionStage<Turn> rewritten(
            OrderIdentity order, OrderRecord before, OrderRecord after, String kind, String entry, Outcome outcome) {
        CompletionStage<Change> change = before.state() == OrderRecord.State.DONE
                ? change(order, before, after, kind)
                : CompletableFuture.completedStage(Change.of(order, before, after, kind));
        return change.thenCompose(made -> ledger.put(made.settling(entry, true, outcome.tally())))
                .thenApply(put -> Turn.of(put, outcome));
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

    private CompletionStage<Map<String, Long>> payouts(OrderIdentity order, OrderRecord before, OrderRecord after) {
        Set<String> fields = new TreeSet<>();
        List<Credit> credits = credits(after);
        for (int i = 0; i < after.money().size() && i < credits.size(); i++) {
            if (after.money().get(i).epoch() != Money.HELD) {
                fields.add(epochField(credits.get(i)));
                if (currencyChanged(before, credits.get(i), i)) {
                    fields.add(epochField(credits(before).get(i)));
                }
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
            long payouts = epochs.getOrDefault(epochField(credit), 0L);
            if (currencyChanged(before, credit, i)) {
                money = money.epoch() == Money.HELD ? Money.NONE : new Money(0, 0, 0, payouts);
            }
            booked.add(moved(money, targets.get(i) - money.sum(), payouts));
        }
        return booked;
    }

    /** What a payout had paid of credits that are now worth another currency: it stays approved, and is owed back. */
    private static Map<String, Long> paidElsewhere(OrderRecord before, OrderRecord after, Map<String, Long> epochs) {
        Map<String, Long> left = new TreeMap<>(after.prior());
        List<Credit> credits = credits(after);
        for (int i = 0; i < after.money().size() && i < credits.size(); i++) {
            Money money = after.money().get(i);
            if (money.epoch() != Money.HELD && currencyChanged(before, credits.get(i), i)) {
                Credit old = credits(before).get(i);
                if (epochs.getOrDefault(epochField(old), 0L) > money.epoch()) {
                    left.merge(Books.of(old, "approved"), money.approved(), Long::sum);
                    left.merge(Books.of(old, "adjusted"), -money.approved(), Long::sum);
                }
            }
        }
        return left;
    }

    private static boolean currencyChanged(OrderRecord before, Credit credit, int index) {
        List<Credit> old = credits(before);
        return index < old.size() && !old.get(index).commissionCurrency().equals(credit.commissionCurrency());
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
