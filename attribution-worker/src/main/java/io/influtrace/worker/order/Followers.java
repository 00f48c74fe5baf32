package io.influtrace.worker.order;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Meeting;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.Touches;
import io.influtrace.worker.redis.Retried;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What follows for other touches once an order is settled; every bit of it may be done any number of times. */
public record Followers(Ledger ledger, Touches touches, Facts facts, Clock clock, Kept kept) {

    /** True where anything follows at all. */
    static boolean any(OrderRecord.Ruling ruling) {
        Decision decision = ruling.decision();
        return !decision.losers().isEmpty()
                || !decision.repeats().isEmpty()
                || !decision.confirmed().isEmpty()
                || !notes(ruling).isEmpty();
    }

    /** Writes all that follows, takes the order off the list, and acknowledges the report that waits for it. */
    CompletionStage<OrderRecord> write(OrderIdentity order, OrderRecord record, String entry) {
        return Retried.of(() -> written(order, record, entry));
    }

    private CompletionStage<OrderRecord> written(OrderIdentity order, OrderRecord record, String entry) {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        record.ruling()
                .filter(ruling -> record.state() == OrderRecord.State.DONE)
                .ifPresent(ruling -> {
                    long now = clock.millis();
                    Inputs inputs = ruling.inputs();
                    Decision decision = ruling.decision();
                    for (TouchChange change : decision.losers()) {
                        writes.add(touches.lose(touch(inputs, change.id()), change, order, now));
                    }
                    writeMet(inputs.touches(), decision.repeats(), decision.confirmed(), writes);
                    notes(ruling)
                            .forEach(note -> writes.add(touches.note(
                                    touch(inputs, note.id()),
                                    note,
                                    inputs.order().occurredAt())));
                });
        return all(writes)
                .thenCompose(done -> kept.write(order, record))
                .thenCompose(after -> ledger.finished(order, entry).thenApply(done -> after));
    }

    /** Writes what touches said of each other that met without an order, at an instant. */
    public CompletionStage<Void> write(List<TouchFacts> met, Meeting.Notes notes, long metAt) {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        notes.superseded().forEach(note -> writes.add(touches.note(touch(met, note.id()), note, metAt)));
        writeMet(met, notes.repeats(), notes.confirmed(), writes);
        return all(writes);
    }

    private void writeMet(
            List<TouchFacts> met,
            List<Decision.Repeat> repeats,
            List<ClickId> confirmed,
            List<CompletionStage<Void>> writes) {
        for (Decision.Repeat repeat : repeats) {
            TouchFacts touch = touch(met, repeat.id());
            writes.add(touches.repeat(touch, facts.linkNumber(touch), touch(met, repeat.first())));
        }
        for (ClickId id : confirmed) {
            TouchFacts touch = touch(met, id);
            writes.add(touches.confirm(touch, facts.linkNumber(touch)));
        }
    }

    /** Touches that met on an order that nobody earned give way to each other when the sweep comes, not before. */
    private static List<TouchChange> notes(OrderRecord.Ruling ruling) {
        Inputs inputs = ruling.inputs();
        if (ruling.decision().verdict() != Verdict.UNATTRIBUTED) {
            return List.of();
        }
        List<TouchFacts> before = inputs.touches().stream()
                .filter(touch -> touch.at() <= inputs.order().occurredAt())
                .toList();
        return Meeting.of(before, inputs.policies()).superseded();
    }

    private static TouchFacts touch(Inputs inputs, ClickId id) {
        return touch(inputs.touches(), id);
    }

    private static TouchFacts touch(List<TouchFacts> touches, ClickId id) {
        return touches.stream()
                .filter(touch -> touch.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a decision about a touch that its inputs lack"));
    }

    static CompletionStage<Void> all(List<? extends CompletionStage<?>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
