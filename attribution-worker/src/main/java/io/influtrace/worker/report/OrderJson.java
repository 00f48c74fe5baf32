package io.influtrace.worker.report;

import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Explanation;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.TraceStep;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.reading.OrderView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One settled order: verdict, credits as they stand after refunds, the trace in codes and in words. */
public final class OrderJson {

    private OrderJson() {}

    /** All of it, for those who may see everything. */
    public static JsonObject whole(OrderView view) {
        JsonObject shown = head(view);
        Decision decision = view.decision();
        JsonArray credits = new JsonArray();
        view.standing().forEach(standing -> credits.add(credit(standing, view)));
        JsonArray assists = new JsonArray();
        decision.assists().forEach(assists::add);
        JsonArray trace = new JsonArray();
        decision.trace().forEach(step -> trace.add(step(step)));
        OrderFacts order = view.inputs().order();
        shown.put("credits", credits)
                .put("assists", assists)
                .put("refunded", Amounts.money(view.refunded(), order.currency()))
                .put("cancelled", view.cancelled())
                .put("trace", trace)
                .put("explanation", explanation(view))
                .put("duplicates", view.duplicates());
        view.survey().ifPresent(creator -> shown.put("survey", creator));
        if (view.joinedUnsigned()) {
            shown.put("joinedUnsigned", true);
        }
        return shown;
    }

    /** The decision's sentence, and what happened since that it cannot know. */
    public static String explanation(OrderView view) {
        String currency = view.inputs().order().currency();
        String refunded = view.refunded() > 0
                ? " Refunded since: " + Amounts.money(view.refunded(), currency) + " " + currency + "."
                : "";
        String unsigned = view.joinedUnsigned() ? " Only an unsigned later report brought the signal." : "";
        return Explanation.of(view.inputs(), view.decision()) + unsigned + refunded;
    }

    /** The same with what only one order's page needs: inputs, refunds, further reports. */
    public static JsonObject page(OrderView view) {
        OrderFacts order = view.inputs().order();
        JsonArray refunds = new JsonArray();
        view.refunds()
                .forEach(refund -> refunds.add(new JsonObject()
                        .put("id", refund.id())
                        .put("value", Amounts.money(refund.value(), order.currency()))
                        .put("at", Amounts.time(refund.at()))
                        .put("cancellation", refund.cancellation())));
        JsonArray reports = new JsonArray();
        view.reports()
                .forEach(report -> reports.add(new JsonObject()
                        .put("integration", report.integration())
                        .put("source", report.source())
                        .put("outcome", report.outcome())
                        .put("receivedAt", Amounts.time(report.receivedAt()))
                        .put("value", Amounts.money(report.value(), report.currency()))
                        .put("currency", report.currency())));
        return whole(view).put("refunds", refunds).put("reports", reports).put("inputs", InputsJson.of(view.inputs()));
    }

    /** What a creator may see of an order that credits them: their own credit. */
    public static JsonObject own(OrderView view, String creator) {
        JsonArray credits = new JsonArray();
        view.standing().stream()
                .filter(standing -> standing.credit().creator().equals(creator))
                .forEach(standing -> credits.add(credit(standing, view)));
        return head(view).put("credits", credits);
    }

    /** True where a creator has a share of it. */
    public static boolean credits(OrderView view, String creator) {
        return view.decision().credits().stream().map(Credit::creator).anyMatch(creator::equals);
    }

    private static JsonObject head(OrderView view) {
        OrderFacts order = view.inputs().order();
        Decision decision = view.decision();
        JsonObject shown = new JsonObject()
                .put("integration", order.integration())
                .put("orderId", order.orderId())
                .put("occurredAt", Amounts.time(order.occurredAt()))
                .put("value", Amounts.money(order.value(), order.currency()))
                .put("currency", order.currency())
                .put("verdict", decision.verdict().word());
        boolean credited = decision.verdict() == Verdict.CREDITED;
        Optional.of(decision.signal().word()).filter(word -> credited).ifPresent(word -> shown.put("signal", word));
        Optional.of(decision.reason().word()).filter(word -> !credited).ifPresent(word -> shown.put("reason", word));
        return shown;
    }

    private static JsonObject credit(Accounting.Standing standing, OrderView view) {
        Credit credit = standing.credit();
        return new JsonObject()
                .put("creator", credit.creator())
                .put("campaign", credit.campaign())
                .put("link", credit.link())
                .put(
                        "value",
                        Amounts.money(standing.value(), view.inputs().order().currency()))
                .put("commission", Amounts.money(standing.commission(), credit.commissionCurrency()))
                .put("currency", credit.commissionCurrency())
                .put("eventId", credit.eventId());
    }

    private static JsonObject step(TraceStep step) {
        return new JsonObject()
                .put("signal", step.signal().word())
                .put("subject", step.subject())
                .put("rule", step.rule())
                .put("outcome", step.outcome())
                .put("detail", step.detail());
    }
}
