package io.influtrace.worker.intake;

import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.worker.click.Pings;
import io.influtrace.worker.order.Orders;
import io.influtrace.worker.order.Outcome;
import java.util.concurrent.CompletionStage;

/** Has one report settled, whatever its kind. Thread-safe. */
record Settler(Orders orders, Pings pings) {

    static Settler of(Orders orders) {
        return new Settler(orders, new Pings(orders.facts(), orders.followers()));
    }

    /** Completes once the report has taken effect and its entry is acknowledged; fails where it must be tried again. */
    CompletionStage<Outcome> settle(Arrival arrival) {
        String id = arrival.id();
        Report report = arrival.report();
        if (report instanceof OrderReport order) {
            return orders.order(order, arrival.tokens(), id);
        } else if (report instanceof RefundReport refund) {
            return orders.refund(refund, id);
        } else if (report instanceof SurveyReport survey) {
            return orders.survey(survey, id);
        } else if (report instanceof NameReport name) {
            return orders.name(name, id);
        }
        Outcome met = new Outcome("noted", "ping");
        return pings.meet((PingReport) report, arrival.tokens())
                .thenCompose(done -> orders.ledger().acknowledge(arrival.partition(), id, met.tally()))
                .thenApply(done -> met);
    }
}
