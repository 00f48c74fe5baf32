package io.influtrace.worker.order;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.ledger.Change;
import io.influtrace.worker.ledger.Kin;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Refund;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reports that a record kept until it was decided, or until it was known to be but a name, and those of renewals that
 * nobody earned before somebody earned it: put back into the streams, where a second time changes nothing.
 */
record Kept(Ledger ledger, SecondLooks looks) {

    /** True where a settled record with that decision has any. */
    static boolean any(OrderRecord record, Decision decision) {
        return waits(record) || SecondLooks.due(record, decision);
    }

    private static boolean waits(OrderRecord record) {
        return !record.history().kin().waiting().isEmpty();
    }

    /** Puts them back and forgets them. Completes with the record as it then is. */
    CompletionStage<OrderRecord> write(OrderIdentity order, OrderRecord record) {
        Optional<Kin.Target> target = record.history().kin().target();
        boolean settled = record.state() == OrderRecord.State.DONE || target.isPresent();
        if (!settled) {
            return CompletableFuture.completedStage(record);
        }
        List<CompletionStage<Void>> writes = new ArrayList<>();
        writes.add(looks.write(order, record));
        for (Kin.Waiting waiting : record.history().kin().waiting()) {
            OrderReport report = (OrderReport) ReportFields.read(fields(waiting));
            writes.add(ledger.report(report.identity(), fields(waiting)));
        }
        target.ifPresent(to -> record.history().refunds().forEach(refund -> {
            RefundReport report = report(refund, to, order.scope());
            writes.add(ledger.report(report.identity(), ReportFields.write(report)));
        }));
        OrderRecord released =
                record.with(record.history().with(record.history().kin().released()));
        return Followers.all(writes)
                .thenCompose(done -> waits(record)
                        ? ledger.put(Change.of(order, record, released, "renewal"))
                                .thenApply(Settlement::current)
                        : CompletableFuture.completedStage(record));
    }

    private static Map<String, String> fields(Kin.Waiting waiting) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < waiting.fields().size(); i += 2) {
            fields.put(waiting.fields().get(i), waiting.fields().get(i + 1));
        }
        return fields;
    }

    private static RefundReport report(Refund refund, Kin.Target to, String scope) {
        boolean all = refund.wanted() == Refund.ALL_LEFT;
        return new RefundReport(
                to.integration(),
                new OrderIdentity(scope, to.orderId()),
                Source.WEBHOOK,
                refund.id(),
                refund.at(),
                refund.at(),
                all ? OptionalLong.empty() : OptionalLong.of(refund.wanted()),
                refund.currency(),
                refund.cancellation(),
                !all);
    }
}
