package io.influtrace.worker.order;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.worker.attribution.FirstOrder;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.ledger.Change;
import io.influtrace.worker.ledger.Kin;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Orders that renew another. Each is noted in the record of the order that it renews, and waits there, whole, while that
 * one is not decided; its settlement puts the report back into the stream.
 */
record Renewals(Ledger ledger) {

    /** What a renewal is counted under that came before its order. */
    static final Outcome WAITING = new Outcome("noted", "renewal_waits");

    private static final Outcome NOTED = new Outcome("noted", "renewal");

    /** From a name to its order is one hop; whoever lets names lead to names gets no further than this. */
    private static final int MAX_HOPS = 3;

    /** What is known of the order that another renews. */
    sealed interface Looked {}

    /** It is not decided; the renewal waits in its record. */
    record Waits() implements Looked {}

    /** It is decided; empty where nobody earned it, so that the renewal is judged by itself. */
    record Found(Optional<First> first) implements Looked {}

    /** A credited order and the touches that earned it. */
    record First(FirstOrder order, List<TouchFacts> touches) {}

    /** Makes moves on an order's record, one after another, as {@link Orders} does. */
    interface Turns {
        CompletionStage<Outcome> turn(
                OrderIdentity order, String entry, Function<OrderRecord, CompletionStage<Turn>> move);
    }

    CompletionStage<Looked> first(Turns turns, OrderReport report) {
        return first(turns, report, report.renews().orElseThrow(), MAX_HOPS);
    }

    private CompletionStage<Looked> first(Turns turns, OrderReport report, String name, int hops) {
        OrderIdentity order = new OrderIdentity(report.identity().scope(), name);
        if (hops == 0 || order.equals(report.identity())) {
            return CompletableFuture.failedStage(new Unsettleable("renews_itself"));
        }
        return turns.turn(order, "", record -> note(order, record, report))
                .thenCompose(outcome -> outcome.equals(WAITING)
                        ? CompletableFuture.completedStage(new Waits())
                        : ledger.read(order)
                                .thenCompose(record -> record.history()
                                        .kin()
                                        .target()
                                        .map(target -> first(turns, report, target.orderId(), hops - 1))
                                        .orElseGet(() ->
                                                CompletableFuture.completedStage(new Found(found(name, record))))));
    }

    private CompletionStage<Turn> note(OrderIdentity order, OrderRecord record, OrderReport report) {
        Kin kin = record.history().kin();
        boolean decided = record.ruling().isPresent();
        Outcome outcome = decided || kin.target().isPresent() ? NOTED : WAITING;
        String renewal = report.identity().orderId();
        boolean known = decided ? kin.renewedBy(renewal) : kin.keeps(renewal, waiting(report));
        if (kin.target().isPresent() || known) {
            return CompletableFuture.completedStage(Turn.over(outcome));
        }
        if (!decided && kin.waiting().size() >= Kin.MAX_WAITING) {
            throw new Unsettleable("too_many_renewals_wait");
        }
        Kin more = kin.with(new Kin.Renewal(renewal, decided ? Optional.empty() : Optional.of(waiting(report))));
        if (more.equals(kin)) {
            return CompletableFuture.completedStage(Turn.over(outcome));
        }
        OrderRecord noted = record.with(record.history().with(more));
        return ledger.put(Change.of(order, record, noted, "renewal")).thenApply(put -> Turn.of(put, outcome));
    }

    private static Kin.Waiting waiting(OrderReport report) {
        List<String> fields = new ArrayList<>();
        ReportFields.write(report).forEach((field, value) -> {
            fields.add(field);
            fields.add(value);
        });
        return new Kin.Waiting(fields);
    }

    private static Optional<First> found(String orderId, OrderRecord record) {
        return record.ruling()
                .flatMap(ruling -> FirstOrder.of(orderId, ruling.decision()).map(order -> {
                    Set<Object> winners = ruling.decision().winners().stream()
                            .map(change -> change.id())
                            .collect(Collectors.toSet());
                    return new First(
                            order,
                            ruling.inputs().touches().stream()
                                    .filter(touch -> winners.contains(touch.id()))
                                    .toList());
                }));
    }

    static Inputs renewing(Facts facts, Inputs inputs, Optional<First> first) {
        return first.map(found -> facts.renewing(inputs, found.order(), found.touches()))
                .orElse(inputs);
    }
}
