package io.influtrace.worker.order;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.ledger.Books;
import io.influtrace.worker.ledger.Change;
import io.influtrace.worker.ledger.History;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.Touches;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries a decision into effect in steps that anybody may repeat or finish: it is stored, it converts its winners, it is
 * booked, and last the losers are told. Whoever finds a stored decision goes on with that one.
 */
record Settlement(
        Ledger ledger,
        Touches touches,
        Deciding deciding,
        Followers followers,
        Booking booking,
        Clock clock,
        Witness witness) {

    /** Settles a decision for the report that brought it. Completes with the record as it then is, whoever wrote it. */
    CompletionStage<OrderRecord> begin(
            OrderIdentity order, OrderRecord before, History history, Ruling ruling, String entry) {
        if (ignored(before)) {
            return ledger.put(Change.of(order, before, before.reopened(), "reopen"))
                    .thenCompose(put -> put instanceof Ledger.Stands stands
                            ? begin(order, stands.record(), history, ruling, entry)
                            : CompletableFuture.completedStage(current(put)));
        }
        OrderRecord reported = before.with(history);
        if (ruling.decision().winners().isEmpty()) {
            return commit(order, before, reported, ruling, entry);
        }
        OrderRecord stored = reported.deciding(ruling, entry, List.of(), Books.of(before));
        return ledger.put(Change.of(order, before, stored, "decide")).thenCompose(put -> {
            if (put instanceof Ledger.Stands stands) {
                witness.passed(Witness.Step.DECISION);
                return carryOn(order, stands.record());
            }
            return CompletableFuture.completedStage(current(put));
        });
    }

    /** An ignored order does not occupy its identity: another may come under it, of another day and another store. */
    private static boolean ignored(OrderRecord record) {
        return record.ruling()
                .filter(ruling -> ruling.decision().verdict() == Verdict.IGNORED)
                .isPresent();
    }

    /** Goes on with a stored decision until it is settled. */
    CompletionStage<OrderRecord> carryOn(OrderIdentity order, OrderRecord record) {
        if (record.state() != OrderRecord.State.DECIDING) {
            return CompletableFuture.completedStage(record);
        }
        Ruling ruling = record.ruling().orElseThrow();
        Set<ClickId> winners = new LinkedHashSet<>();
        ruling.decision().winners().forEach(change -> winners.add(change.id()));
        List<CompletionStage<Void>> released = new ArrayList<>();
        record.claimed().stream()
                .filter(id -> !winners.contains(id))
                .forEach(id -> released.add(touches.release(id, order, record.version() - 1)));
        return Followers.all(released)
                .thenCompose(done -> claims(order, record, winners))
                .thenCompose(claims -> {
                    witness.passed(Witness.Step.TOUCHES);
                    Inputs inputs = refusing(ruling.inputs(), claims);
                    return inputs.equals(ruling.inputs())
                            ? commit(order, record, record, ruling, record.entry())
                            : again(order, record, inputs, winners);
                });
    }

    private CompletionStage<Map<ClickId, Touches.Claim>> claims(
            OrderIdentity order, OrderRecord record, Set<ClickId> winners) {
        Map<ClickId, Touches.Claim> claims = new ConcurrentHashMap<>();
        List<CompletionStage<Void>> asked = new ArrayList<>();
        for (TouchFacts touch : record.ruling().orElseThrow().inputs().touches()) {
            if (winners.contains(touch.id())) {
                asked.add(touches.win(touch, order, record.version(), clock.millis())
                        .thenAccept(claim -> claims.put(touch.id(), claim)));
            }
        }
        return Followers.all(asked).thenApply(done -> claims);
    }

    /** Decides without the touches that were refused; what the old decision converted and the new does not is released. */
    private CompletionStage<OrderRecord> again(
            OrderIdentity order, OrderRecord record, Inputs inputs, Set<ClickId> winners) {
        Set<ClickId> claimed = new LinkedHashSet<>(record.claimed());
        claimed.addAll(winners);
        return deciding.decide(order, inputs, Optional.empty())
                .thenCompose(ruling -> {
                    OrderRecord next = record.deciding(ruling, record.entry(), List.copyOf(claimed), record.prior());
                    return ledger.put(Change.of(order, record, next, "decide"));
                })
                .thenCompose(put -> carryOn(order, current(put)));
    }

    private CompletionStage<OrderRecord> commit(
            OrderIdentity order, OrderRecord before, OrderRecord reported, Ruling ruling, String entry) {
        return deciding.placed(order, ruling).thenCompose(placed -> committed(order, before, reported, placed, entry));
    }

    private CompletionStage<OrderRecord> committed(
            OrderIdentity order, OrderRecord before, OrderRecord reported, Ruling ruling, String entry) {
        OrderRecord undone = reported.done(ruling, entry);
        boolean follow = Followers.any(ruling) || Kept.any(reported, ruling.decision());
        return booking.change(order, before, undone, "order")
                .thenCompose(change -> {
                    Change whole = change.settling(
                            entry, false, Outcome.of(ruling.decision()).tally());
                    return ledger.put(follow ? whole.followed() : whole);
                })
                .thenCompose(put -> {
                    if (!(put instanceof Ledger.Stands stands)) {
                        return carryOn(order, current(put));
                    }
                    witness.passed(Witness.Step.LEDGER);
                    return follow
                            ? followers.write(order, stands.record(), entry)
                            : CompletableFuture.completedStage(stands.record());
                });
    }

    static OrderRecord current(Ledger.Put put) {
        if (put instanceof Ledger.Stands stands) {
            return stands.record();
        }
        return put instanceof Ledger.Changed changed ? changed.current() : ((Ledger.Gone) put).current();
    }

    private static Inputs refusing(Inputs inputs, Map<ClickId, Touches.Claim> claims) {
        Inputs changed = inputs;
        for (Map.Entry<ClickId, Touches.Claim> claim : claims.entrySet()) {
            if (claim.getValue() instanceof Touches.Lost lost) {
                changed = changed.refusing(claim.getKey(), lost.why());
            } else if (claim.getValue() instanceof Touches.Stands stands) {
                changed = standing(changed, claim.getKey(), stands);
            }
        }
        return changed;
    }

    /** A repeat's token stands for the first click, wherever that one's own token was lost. */
    private static Inputs standing(Inputs inputs, ClickId repeat, Touches.Stands stands) {
        List<TouchFacts> touches = inputs.touches().stream()
                .map(touch -> touch.id().equals(repeat)
                        ? new TouchFacts(
                                stands.first(),
                                ClickClass.HUMAN,
                                stands.firstAt(),
                                touch.link(),
                                touch.campaign(),
                                touch.creator(),
                                touch.handle(),
                                touch.integrations(),
                                touch.own(),
                                touch.refusal())
                        : touch)
                .toList();
        return inputs.touching(touches);
    }
}
