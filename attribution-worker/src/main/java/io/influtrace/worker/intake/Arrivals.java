package io.influtrace.worker.intake;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.worker.order.Facts;
import io.influtrace.worker.order.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads arrivals out of entries. Belongs to one thread. */
record Arrivals(ClickTokens keys, Facts facts) {

    /** The report of an entry; throws where the entry is none. */
    Arrival of(int partition, Entry entry, boolean again) throws Entry.Poison {
        Report report = entry.report();
        List<String> shared = new ArrayList<>();
        Tokens tokens = Tokens.NONE;
        if (report instanceof OrderReport order) {
            tokens = Tokens.open(order.tokens(), keys);
            shared.addAll(order.tokens());
            shared.add(order.identity().text());
            order.renews()
                    .ifPresent(first ->
                            shared.add(new OrderIdentity(order.identity().scope(), first).text()));
            shared.addAll(facts.contested(order, tokens));
        } else if (report instanceof PingReport ping) {
            tokens = Tokens.open(ping.tokens(), keys);
            shared.addAll(ping.tokens());
        } else if (report instanceof NameReport name) {
            shared.add(name.identity().text());
        } else if (report instanceof RefundReport refund) {
            shared.add(refund.identity().text());
        } else if (report instanceof SurveyReport survey) {
            shared.add(survey.identity().text());
        }
        return new Arrival(partition, entry.id(), report, tokens, shared, again);
    }
}
