package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.ClickId;
import java.util.List;

/**
 * What an order came to.
 *
 * @param reason the nearest miss where nothing was credited; {@link Reason#NO_SIGNAL} is never a credited order's
 * @param credits who earned what; empty unless credited
 * @param assists handles of other creators whose in-window touches took part, sorted; empty unless credited
 * @param changes what becomes of the clicks' events; the converted ones are the winners, all others follow them
 * @param couponEvents events that exist only through a code of this order
 * @param repeats human clicks that turned out to repeat an earlier one of the same browser
 * @param confirmed prefetched clicks that this order proves to be a person's
 * @param trace every signal looked at, in order
 */
public record Decision(
        Verdict verdict,
        Signal signal,
        Reason reason,
        List<Credit> credits,
        List<String> assists,
        List<TouchChange> changes,
        List<CouponEvent> couponEvents,
        List<Repeat> repeats,
        List<ClickId> confirmed,
        List<TraceStep> trace) {

    public Decision {
        credits = List.copyOf(credits);
        assists = List.copyOf(assists);
        changes = List.copyOf(changes);
        couponEvents = List.copyOf(couponEvents);
        repeats = List.copyOf(repeats);
        confirmed = List.copyOf(confirmed);
        trace = List.copyOf(trace);
    }

    /** The clicks that this decision converts; each must be pending or converted when it is settled. */
    public List<TouchChange> winners() {
        return changes.stream()
                .filter(change -> change.reason() == EventReason.CONVERTED)
                .toList();
    }

    /** The changes that follow once the winners stand. */
    public List<TouchChange> losers() {
        return changes.stream()
                .filter(change -> change.reason() != EventReason.CONVERTED)
                .toList();
    }

    /** The same with other credits. */
    Decision crediting(List<Credit> others) {
        return new Decision(verdict, signal, reason, others, assists, changes, couponEvents, repeats, confirmed, trace);
    }

    /** A human click that stands for nothing but the first one. */
    public record Repeat(ClickId id, ClickId first) {}
}
