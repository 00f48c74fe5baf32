package io.influtrace.worker.order;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.ledger.History;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Further;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.OrderRecord.Stamp;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * What a further report of a settled order may do: bring the signal that was wanting, or, where it is signed, amend the
 * amounts. Anything else is a duplicate; who was credited stands.
 */
record FurtherReports(Ledger ledger, Facts facts, Deciding deciding, Booking booking, Settlement settlement) {

    private static final Outcome AMENDED = new Outcome("amended", "amounts");

    CompletionStage<Turn> take(
            OrderReport report, Tokens tokens, Optional<Renewals.First> first, String entry, OrderRecord record) {
        OrderIdentity order = report.identity();
        if (!report.integrationStatus().equals("connected")) {
            boolean known = record.ruling()
                    .map(ruling -> ruling.decision().verdict() == Verdict.IGNORED)
                    .orElse(false);
            Outcome ignored = new Outcome("ignored", "integration_" + report.integrationStatus());
            Outcome outcome = known ? Outcome.DUPLICATE : ignored;
            return ledger.acknowledge(ledger.partitions().of(order), entry, outcome.tally())
                    .thenApply(done -> Turn.over(outcome));
        }
        Ruling ruling = record.ruling().orElseThrow();
        Optional<String> customer = record.history().customer().or(report::customer);
        boolean open = ruling.decision().verdict() == Verdict.UNATTRIBUTED;
        Inputs pooled = open
                ? Renewals.renewing(
                        facts,
                        facts.pooled(ruling.inputs(), report, reporters(report, record), tokens, customer),
                        first)
                : ruling.inputs();
        boolean news = !pooled.renewed().equals(ruling.inputs().renewed())
                || !pooled.touches().equals(ruling.inputs().touches())
                || !pooled.coupons().equals(ruling.inputs().coupons());
        boolean amends = amends(report, record, ruling.inputs().order());
        Inputs inputs = amends ? pooled.amended(amended(report, pooled.order())) : pooled;
        if (!news && !amends) {
            History stated = newest(report, record)
                    ? record.history().stating(stamp(report), record.history().items())
                    : record.history();
            OrderRecord counted =
                    record.with(stated.asked(customer, ruling.decision()).with(note(report, "duplicate")));
            return booking.rewritten(order, record, counted, Outcome.DUPLICATE.what(), entry, Outcome.DUPLICATE);
        }
        History history = amends
                ? record.history()
                        .stating(
                                stamp(report),
                                report.items().isEmpty() ? record.history().items() : report.items())
                : record.history();
        if (!news) {
            Ruling repriced = new Ruling(inputs, Attribution.decide(inputs));
            OrderRecord after = record.with(
                            history.asked(customer, repriced.decision()).with(note(report, "amended")))
                    .ruled(repriced);
            return booking.rewritten(order, record, after, AMENDED.what(), entry, AMENDED);
        }
        return deciding.decide(order, inputs, customer)
                .thenCompose(next -> joined(report, entry, record, history, customer, next));
    }

    private CompletionStage<Turn> joined(
            OrderReport report,
            String entry,
            OrderRecord record,
            History history,
            Optional<String> customer,
            Ruling next) {
        boolean credited = next.decision().verdict() == Verdict.CREDITED;
        boolean unsigned = credited && !report.source().trusted();
        History told = history.joined(unsigned)
                .asked(customer, next.decision())
                .with(note(report, credited ? "joined" : "duplicate"));
        return settlement
                .begin(report.identity(), record, told, next, entry)
                .thenApply(settled -> Turn.settled(settled, entry));
    }

    /** Who of the order's store has reported it after the first: the order may earn what is enabled for any of them. */
    private static Set<String> reporters(OrderReport report, OrderRecord record) {
        Set<String> reporters = new TreeSet<>(Set.of(report.integration()));
        record.history().reports().forEach(further -> reporters.add(further.integration()));
        return reporters;
    }

    /** Signed amounts count where they are the newest that their sources stated, and differ. */
    private static boolean amends(OrderReport report, OrderRecord record, OrderFacts order) {
        if (!newest(report, record)) {
            return false;
        }
        boolean otherItems = !report.items().isEmpty()
                && !report.items().equals(record.history().items());
        return otherItems || !amended(report, order).equals(order);
    }

    private static boolean newest(OrderReport report, OrderRecord record) {
        return report.source().trusted()
                && record.history()
                        .stamp()
                        .filter(last -> stamp(report).orElseThrow().before(last))
                        .isEmpty();
    }

    private static OrderFacts amended(OrderReport report, OrderFacts order) {
        return order.amended(
                report.value(),
                report.currency(),
                report.tax().orElse(0),
                report.shipping().orElse(0));
    }

    static Optional<Stamp> stamp(OrderReport report) {
        return Optional.of(new Stamp(report.statedAt().orElse(report.occurredAt()), report.receivedAt()));
    }

    private static Further note(OrderReport report, String outcome) {
        return new Further(
                report.integration(),
                report.source().word(),
                outcome,
                report.receivedAt(),
                report.value(),
                report.currency());
    }
}
