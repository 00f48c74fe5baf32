package io.influtrace.worker.ledger;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one order. It changes only as a whole, by compare-and-set on its version, together with every
 * effect of the change in one script.
 *
 * @param version 0 where there is none yet; counts up with every write
 * @param entry the stream id of the report that brought the present decision
 * @param ruling what was decided from what; empty while nothing but refunds or a survey came
 * @param money what is booked of each credit, in the credits' order
 * @param claimed clicks that earlier versions of this decision may have converted
 * @param prior what is booked besides the money: all of it while deciding anew, and for ever what a payout had paid in a
 *     currency that the order then left
 */
public record OrderRecord(
        long version,
        State state,
        String entry,
        Optional<Ruling> ruling,
        List<Money> money,
        List<ClickId> claimed,
        Map<String, Long> prior,
        History history) {

    /** Nothing is known of the order. */
    public static final OrderRecord ABSENT =
            new OrderRecord(0, State.WAITING, "", Optional.empty(), List.of(), List.of(), Map.of(), History.EMPTY);

    public OrderRecord {
        money = List.copyOf(money);
        claimed = List.copyOf(claimed);
        prior = Map.copyOf(prior);
    }

    /** How far the order has come. */
    public enum State {
        WAITING,
        DECIDING,
        DONE
    }

    /** A decision and what it hangs on. */
    public record Ruling(Inputs inputs, Decision decision) {}

    /**
     * What is booked of one credit, minor units of its commission currency.
     *
     * @param epoch payouts of this creator before the approval; {@link #HELD} until then
     */
    public record Money(long pending, long approved, long adjusted, long epoch) {
        /** Not approved yet. */
        public static final long HELD = -1;

        /** Nothing booked. */
        public static final Money NONE = new Money(0, 0, 0, HELD);

        /** All that is booked. */
        public long sum() {
            return pending + approved + adjusted;
        }
    }

    /**
     * One refund as it came.
     *
     * @param wanted minor units; {@link #ALL_LEFT} for all that is left
     */
    public record Refund(String id, long wanted, String currency, long at, boolean cancellation) {
        /** All that is left of the order. */
        public static final long ALL_LEFT = -1;
    }

    /** When the signed source that set the amounts says it happened, and when it was received; milliseconds. */
    public record Stamp(long occurredAt, long receivedAt) {
        /** True where this was said before the other. */
        public boolean before(Stamp other) {
            return occurredAt != other.occurredAt ? occurredAt < other.occurredAt : receivedAt < other.receivedAt;
        }
    }

    /** A report after the first. */
    public record Further(
            String integration, String source, String outcome, long receivedAt, long value, String currency) {}

    /** The same with another history. */
    public OrderRecord with(History newHistory) {
        return new OrderRecord(version, state, entry, ruling, money, claimed, prior, newHistory);
    }

    /** The same with other bookings. */
    public OrderRecord booking(List<Money> newMoney) {
        return new OrderRecord(version, state, entry, ruling, newMoney, claimed, prior, history);
    }

    /** The same as if no report of the order had come, so that its books are taken back where they stand. */
    public OrderRecord reopened() {
        return new OrderRecord(version, State.WAITING, "", Optional.empty(), List.of(), List.of(), Map.of(), history);
    }

    /** The same with what stays booked in currencies that it left. */
    public OrderRecord leaving(Map<String, Long> booked) {
        return new OrderRecord(version, state, entry, ruling, money, claimed, booked, history);
    }

    /** The same under a decision that still has to be settled for a report. */
    public OrderRecord deciding(Ruling next, String newEntry, List<ClickId> newClaimed, Map<String, Long> booked) {
        return new OrderRecord(
                version, State.DECIDING, newEntry, Optional.of(next), List.of(), newClaimed, booked, history);
    }

    /** The same with its decision settled. */
    public OrderRecord done(Ruling settled, String settledEntry) {
        return new OrderRecord(
                version, State.DONE, settledEntry, Optional.of(settled), List.of(), List.of(), Map.of(), history);
    }

    /** The same order, priced anew; who earns it and what is booked stand. */
    public OrderRecord ruled(Ruling repriced) {
        return new OrderRecord(version, state, entry, Optional.of(repriced), money, claimed, prior, history);
    }

    OrderRecord numbered(long newVersion) {
        return new OrderRecord(newVersion, state, entry, ruling, money, claimed, prior, history);
    }

    /** When the order happened, milliseconds: by this the index lists it, once anything was decided of it. */
    public Optional<Long> place() {
        return ruling.map(decided -> decided.inputs().order().occurredAt());
    }

    /** What is refunded in all, minor units: never more than the order's value; refunds in another currency count nothing. */
    public long refunded() {
        if (ruling.isEmpty()) {
            return 0;
        }
        long value = ruling.get().inputs().order().value();
        String currency = ruling.get().inputs().order().currency();
        long sum = 0;
        for (Refund refund : history.refunds()) {
            if (refund.wanted() == Refund.ALL_LEFT) {
                return value;
            }
            if (refund.currency().isEmpty() || refund.currency().equals(currency)) {
                sum = Math.min(value, sum + refund.wanted());
            }
        }
        return sum;
    }
}
