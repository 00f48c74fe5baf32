package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.ledger.OrderRecord.Money;
import java.util.Map;
import java.util.Optional;

/**
 * One order's step from a record to the next, with what goes along in the same script.
 *
 * @param acknowledges the stream id of the entry that this settles, or empty
 * @param guarded true where nothing may happen if that entry had been acknowledged before
 * @param followers true where touches are to be written afterwards
 * @param tally what the report is counted under, or empty
 * @param epochs payouts so far, by balance field, that the new bookings rest on
 */
public record Change(
        OrderIdentity identity,
        OrderRecord before,
        OrderRecord after,
        String kind,
        String acknowledges,
        boolean guarded,
        boolean followers,
        String tally,
        Map<String, Long> epochs) {

    private static final long DAY = 86_400_000;

    public Change {
        after = after.numbered(before.version() + 1);
        epochs = Map.copyOf(epochs);
    }

    /** A step that only writes the record. */
    public static Change of(OrderIdentity identity, OrderRecord before, OrderRecord after, String kind) {
        return new Change(identity, before, after, kind, "", false, false, "", Map.of());
    }

    /** The same, settling an entry. */
    public Change settling(String entry, boolean onlyOnce, String counted) {
        return new Change(identity, before, after, kind, entry, onlyOnce, followers, counted, epochs);
    }

    /** The same, with touches to be written afterwards. */
    public Change followed() {
        return new Change(identity, before, after, kind, acknowledges, guarded, true, tally, epochs);
    }

    /** The same, resting on these numbers of payouts. */
    public Change on(Map<String, Long> payouts) {
        return new Change(identity, before, after, kind, acknowledges, guarded, followers, tally, payouts);
    }

    /** When the order happened whose counters this moves, milliseconds: a step never moves those of two days. */
    long countedAt() {
        return before.ruling()
                .or(after::ruling)
                .map(ruling -> ruling.inputs().order().occurredAt())
                .orElse(0L);
    }

    /** The time by which the index lists the order so far and no longer, empty where there is none. */
    String leaves() {
        return differing(before.place(), after.place());
    }

    /** The time by which the index lists the order from now on and not yet, empty where there is none. */
    String takes() {
        return differing(after.place(), before.place());
    }

    private static String differing(Optional<Long> place, Optional<Long> other) {
        return place.equals(other) ? "" : place.map(at -> Long.toString(at)).orElse("");
    }

    /** The next hold, where there was none yet or another. */
    Optional<Holds.Hold> hold() {
        return Holds.Hold.of(after).filter(hold -> !Holds.Hold.of(before).equals(Optional.of(hold)));
    }

    /** When the hold of the first credit that is not approved yet ends, milliseconds. */
    static Optional<Long> nextHold(OrderRecord record) {
        Optional<Long> next = Optional.empty();
        for (int i = 0; i < record.money().size(); i++) {
            if (record.money().get(i).epoch() == Money.HELD) {
                long end = holdEnds(record, i);
                next = Optional.of(next.map(other -> Math.min(other, end)).orElse(end));
            }
        }
        return next;
    }

    /** True where a hold of the record ends by an instant, milliseconds, and is not approved yet. */
    public static boolean holdsUntil(OrderRecord record, long instant) {
        return nextHold(record).filter(ends -> ends <= instant).isPresent();
    }

    /** When a credit's hold ends, milliseconds. */
    public static long holdEnds(OrderRecord record, int credit) {
        OrderRecord.Ruling ruling = record.ruling().orElseThrow();
        PolicyFacts policy =
                ruling.inputs().policy(ruling.decision().credits().get(credit).campaign());
        return ruling.inputs().order().occurredAt() + policy.holdDays() * DAY;
    }
}
