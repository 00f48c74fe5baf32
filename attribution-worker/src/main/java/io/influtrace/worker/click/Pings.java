package io.influtrace.worker.click;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.worker.attribution.Meeting;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.order.Facts;
import io.influtrace.worker.order.Followers;
import io.influtrace.worker.order.Tokens;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Notes what the touches of one browser say of each other: repeats, who gave way, prefetched clicks that were real. */
public record Pings(Facts facts, Followers followers) {

    /** Writes the notes; nothing final comes of a ping. */
    public CompletionStage<Void> meet(PingReport ping, Tokens tokens) {
        List<Click> clicks = tokens.clicks().stream().distinct().toList();
        List<TouchFacts> met = facts.touches(clicks, ping.receivedAt());
        Meeting.Notes notes = Meeting.of(met, facts.policies(met, ping.receivedAt()));
        return followers.write(met, notes, ping.receivedAt());
    }
}
