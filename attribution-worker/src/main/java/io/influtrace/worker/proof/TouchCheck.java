package io.influtrace.worker.proof;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.TouchStatus;
import io.influtrace.worker.ledger.Touches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Compares the statuses beside the clicks with the decisions that made them: every click that a decision speaks of, and
 * every status that names an order.
 *
 * @param oldest clicks before this instant may have been forgotten, milliseconds
 */
record TouchCheck(Touches touches, long oldest) {

    /** Orders that one status names at most; further ones attach without being listed. */
    private static final int MAX_LISTED = 50;

    /** What a settled order's decision says of its clicks, against their statuses. */
    CompletionStage<List<Difference>> forward(OrderIdentity order, OrderRecord record) {
        Ruling ruling = record.ruling().orElseThrow();
        Decision decision = ruling.decision();
        List<CompletableFuture<Optional<Difference>>> asked = new ArrayList<>();
        for (TouchFacts touch : ruling.inputs().touches()) {
            if (touch.at() < oldest) {
                continue;
            }
            Optional<TouchChange> change = change(decision, touch.id());
            boolean repeats =
                    decision.repeats().stream().anyMatch(repeat -> repeat.id().equals(touch.id()));
            boolean confirmed = decision.confirmed().contains(touch.id());
            Optional<String> must = change.map(made -> made.reason().word())
                    .or(() -> repeats ? Optional.of("repeat") : Optional.empty());
            if (must.isPresent() || confirmed) {
                asked.add(touches.state(touch)
                        .thenApply(state -> confirmed && !state.confirmed()
                                ? Optional.of(difference(touch.id(), order, "prefetch", "confirmed"))
                                : must.flatMap(word -> said(order, touch.id(), word, state)))
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> asked.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Optional<Difference> said(OrderIdentity order, ClickId id, String must, Touches.State state) {
        boolean wins = must.equals(EventReason.CONVERTED.word());
        if (state.status().isEmpty()) {
            // What had run out when it was to give way is left to the sweep.
            return state.over() && !wins ? Optional.empty() : Optional.of(difference(id, order, "pending", must));
        }
        Optional<TouchStatus> status = read(state.status().get());
        boolean won = status.filter(found -> found instanceof TouchStatus.Converted converted
                        && (converted.orders().contains(order.text())
                                || converted.orders().size() >= MAX_LISTED))
                .isPresent();
        return status.isPresent() && (won || !wins)
                ? Optional.empty()
                : Optional.of(difference(id, order, status.map(TouchCheck::word).orElse("unreadable"), must));
    }

    /** Whether a settled order's decision says of a click what a status that names the order says. */
    static Optional<Difference> backward(
            OrderIdentity order, Optional<OrderRecord> record, ClickId id, TouchStatus status) {
        Optional<TouchChange> change =
                record.flatMap(OrderRecord::ruling).flatMap(ruling -> change(ruling.decision(), id));
        String must = change.map(made -> made.reason().word()).orElse("no change");
        return must.equals(word(status)) ? Optional.empty() : Optional.of(difference(id, order, word(status), must));
    }

    /** A status, where it is one. */
    static Optional<TouchStatus> read(String text) {
        try {
            return Optional.of(TouchStatus.read(text));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The orders that a status names. */
    static List<String> orders(TouchStatus status) {
        if (status instanceof TouchStatus.Converted converted) {
            return converted.orders();
        }
        return status instanceof TouchStatus.Duplicate duplicate
                        && !duplicate.order().isEmpty()
                ? List.of(duplicate.order())
                : List.of();
    }

    private static Optional<TouchChange> change(Decision decision, ClickId id) {
        return decision.changes().stream().filter(made -> made.id().equals(id)).findFirst();
    }

    private static String word(TouchStatus status) {
        if (status instanceof TouchStatus.Converted) {
            return EventReason.CONVERTED.word();
        }
        return status instanceof TouchStatus.Duplicate duplicate
                ? duplicate.reason().word()
                : "repeat";
    }

    private static Difference difference(ClickId id, OrderIdentity order, String stored, String computed) {
        return new Difference("status", "click " + id.text() + " order " + order.text(), stored, computed);
    }
}
