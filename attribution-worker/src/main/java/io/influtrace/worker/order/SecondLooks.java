package io.influtrace.worker.order;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.ledger.Kin;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Renewals that nobody earned are looked at again once somebody earns the order that they renew: that is the signal which
 * they wanted. Each gets a further report of its own in its stream, which says nothing but whom it renews.
 */
record SecondLooks(Ledger ledger, Clock clock) {

    /** Earlier than any source states anything, so that such a report never amends an amount. */
    private static final long BEFORE_ALL = 0;

    /** True where an order is credited that renewals were decided without. */
    static boolean due(OrderRecord record, Decision decision) {
        return decision.verdict() == Verdict.CREDITED
                && record.history().kin().renewals().stream()
                        .anyMatch(renewal -> renewal.waiting().isEmpty());
    }

    /** Asks for them; an order that somebody earned meanwhile is left alone. */
    CompletionStage<Void> write(OrderIdentity order, OrderRecord record) {
        List<Kin.Renewal> renewals = record.ruling()
                .filter(ruling -> due(record, ruling.decision()))
                .map(ruling -> record.history().kin().renewals())
                .orElse(List.of());
        return Followers.all(renewals.stream()
                .filter(renewal -> renewal.waiting().isEmpty())
                .map(renewal -> look(order, record, new OrderIdentity(order.scope(), renewal.orderId())))
                .toList());
    }

    private CompletionStage<Void> look(OrderIdentity order, OrderRecord record, OrderIdentity renewal) {
        Source source = record.history().joinedUnsigned() ? Source.PIXEL : Source.WEBHOOK;
        return ledger.read(renewal)
                .thenCompose(found -> found.ruling()
                        .filter(ruling -> ruling.decision().verdict() == Verdict.UNATTRIBUTED)
                        .map(ruling -> ledger.report(
                                renewal,
                                ReportFields.write(
                                        report(renewal, ruling.inputs().order(), source)
                                                .renewing(Optional.of(order.orderId())))))
                        .orElseGet(() -> Followers.all(List.of())));
    }

    private OrderReport report(OrderIdentity renewal, OrderFacts facts, Source source) {
        return new OrderReport(
                        facts.integration(),
                        renewal,
                        source,
                        facts.occurredAt(),
                        clock.millis(),
                        facts.integrationStatus(),
                        facts.value(),
                        facts.currency(),
                        OptionalLong.of(facts.tax()),
                        OptionalLong.of(facts.shipping()),
                        OptionalLong.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())
                .statedAt(BEFORE_ALL);
    }
}
