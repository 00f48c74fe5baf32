package io.influtrace.worker.order;

import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.worker.ledger.Change;
import io.influtrace.worker.ledger.Kin;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Other names of an order. A name is a record that points to the order; what is reported under it is put into the order's
 * own stream, and what came before the name was known follows once it is.
 */
record Names(Ledger ledger, Followers followers) {

    private static final Outcome NAMED = new Outcome("noted", "name");
    private static final Outcome TAKEN = new Outcome("noted", "name_taken");
    private static final Outcome FORWARDED = new Outcome("noted", "forwarded");

    /** True where a record is but a name. */
    static boolean is(OrderRecord record) {
        return record.history().kin().target().isPresent();
    }

    /** Makes a record the name of an order, unless it is an order itself or a name already. */
    CompletionStage<Turn> take(NameReport report, OrderRecord record, String entry) {
        OrderIdentity name = report.identity();
        boolean itself = name.orderId().equals(report.orderId());
        if (is(record)) {
            return ledger.unfinished(name)
                    .thenCompose(due -> due.equals(Optional.of(entry))
                            ? followers.write(name, record, entry).thenApply(done -> Turn.over(NAMED))
                            : acknowledged(name, entry, Outcome.DUPLICATE));
        }
        if (record.ruling().isPresent() || itself) {
            return acknowledged(name, entry, TAKEN);
        }
        Kin.Target target = new Kin.Target(report.integration(), report.orderId());
        OrderRecord named =
                record.with(record.history().with(record.history().kin().naming(target)));
        Change change = Change.of(name, record, named, "name").settling(entry, true, NAMED.tally());
        return ledger.put(change.followed())
                .thenCompose(put -> put instanceof Ledger.Stands stands
                        ? followers.write(name, stands.record(), entry).thenApply(done -> Turn.over(NAMED))
                        : CompletableFuture.completedStage(Turn.of(put, NAMED)));
    }

    private CompletionStage<Turn> acknowledged(OrderIdentity name, String entry, Outcome outcome) {
        return ledger.acknowledge(ledger.partitions().of(name), entry, outcome.tally())
                .thenApply(done -> Turn.over(outcome));
    }

    /** Puts a report of a name where it belongs; a death in between puts it there twice, which changes nothing. */
    CompletionStage<Turn> forward(OrderRecord name, Report report, String entry) {
        String orderId = name.history().kin().target().orElseThrow().orderId();
        OrderIdentity identity = identity(report);
        OrderIdentity target = new OrderIdentity(identity.scope(), orderId);
        return ledger.report(target, ReportFields.write(renamed(report, target)))
                .thenCompose(done -> ledger.acknowledge(ledger.partitions().of(identity), entry, FORWARDED.tally()))
                .thenApply(done -> Turn.over(FORWARDED));
    }

    private static OrderIdentity identity(Report report) {
        if (report instanceof OrderReport order) {
            return order.identity();
        }
        return report instanceof RefundReport refund ? refund.identity() : ((SurveyReport) report).identity();
    }

    private static Report renamed(Report report, OrderIdentity target) {
        if (report instanceof OrderReport order) {
            return order.under(target);
        } else if (report instanceof RefundReport refund) {
            return refund.under(target);
        }
        SurveyReport survey = (SurveyReport) report;
        return new SurveyReport(survey.integration(), target, survey.receivedAt(), survey.creator(), survey.channel());
    }
}
