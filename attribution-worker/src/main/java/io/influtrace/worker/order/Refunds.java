package io.influtrace.worker.order;

import io.influtrace.protocol.order.RefundReport;
import io.influtrace.worker.ledger.History;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Refund;
import java.util.concurrent.CompletionStage;

/** Refunds and cancellations: each comes once, and waits in the order's record where it comes before its order. */
record Refunds(Ledger ledger, Booking booking) {

    CompletionStage<Turn> take(RefundReport report, OrderRecord record, String entry) {
        if (known(report, record)) {
            return ledger.acknowledge(ledger.partitions().of(report.identity()), entry, Outcome.DUPLICATE.tally())
                    .thenApply(done -> Turn.over(Outcome.DUPLICATE));
        }
        refuse(report, record);
        Refund refund = new Refund(
                report.refundId(),
                report.cancellation() ? Refund.ALL_LEFT : report.value().orElse(Refund.ALL_LEFT),
                report.currency(),
                report.occurredAt(),
                report.cancellation());
        OrderRecord refunded = record.with(record.history().with(refund));
        Outcome counted = new Outcome("refunded", report.cancellation() ? "cancellation" : "refund");
        return booking.rewritten(report.identity(), record, refunded, "refund", entry, counted);
    }

    /** A refund comes once; a running sum counts where it is more than was said before. */
    private static boolean known(RefundReport report, OrderRecord record) {
        return record.history()
                .refund(report.refundId())
                .filter(before -> !report.running()
                        || before.wanted() == Refund.ALL_LEFT
                        || before.wanted() >= report.value().orElse(0))
                .isPresent();
    }

    private static void refuse(RefundReport report, OrderRecord record) {
        if (record.history().refunds().size() >= History.MAX_REFUNDS) {
            throw new Unsettleable("too_many_refunds");
        }
        boolean foreign = record.ruling()
                .filter(ruling -> !report.currency().isEmpty()
                        && !ruling.inputs().order().currency().equals(report.currency()))
                .isPresent();
        if (foreign) {
            throw new Unsettleable("refund_currency");
        }
    }
}
