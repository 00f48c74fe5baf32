package io.influtrace.worker.proof;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides settled orders again under another policy, in order of arrival, and adds up what each creator would have earned.
 * Pure: nothing of it is written anywhere. A click that an order takes, or sets aside, is taken or set aside for the
 * orders after it, as in the settlement; what happened to a click outside of these orders stays as it was.
 */
final class Replay {

    /** Orders that are told in full. */
    static final int MAX_EXAMPLES = 20;

    private final Overlay overlay;
    private final Map<ClickId, Boolean> then = new HashMap<>();
    private final Map<ClickId, Boolean> now = new HashMap<>();
    private final Map<Earning, long[]> sums = new TreeMap<>();
    private final List<Example> examples = new ArrayList<>();
    private long orders;
    private long changed;

    private Replay(Overlay overlay) {
        this.overlay = overlay;
    }

    /** Who earns in which currency. */
    record Earning(String creator, String currency) implements Comparable<Earning> {
        @Override
        public int compareTo(Earning other) {
            int creators = creator.compareTo(other.creator);
            return creators != 0 ? creators : currency.compareTo(other.currency);
        }
    }

    /** An order that changes: minor units before and after. */
    record Example(OrderIdentity order, Map<Earning, Long> before, Map<Earning, Long> after) {}

    /**
     * What a replay came to.
     *
     * @param sums minor units before and after, by creator and currency
     */
    record Outcome(long orders, long changed, Map<Earning, long[]> sums, List<Example> examples) {}

    /** An order and its record. */
    record Settled(OrderIdentity identity, OrderRecord record) {}

    /** Replays orders in order of arrival. */
    static Outcome of(List<Settled> orders, Overlay overlay) {
        Replay replay = new Replay(overlay);
        orders.forEach(order ->
                order.record().ruling().ifPresent(ruling -> replay.order(order.identity(), order.record(), ruling)));
        return new Outcome(replay.orders, replay.changed, replay.sums, replay.examples);
    }

    private void order(OrderIdentity identity, OrderRecord record, Ruling ruling) {
        Inputs inputs = overlay.over(unexplained(ruling.inputs()));
        Decision decision = Attribution.decide(inputs);
        Optional<ClickId> taken = refused(decision);
        while (taken.isPresent()) {
            inputs = inputs.refusing(taken.get(), TouchFacts.Refusal.SUPERSEDED);
            decision = Attribution.decide(inputs);
            taken = refused(decision);
        }
        note(ruling.decision(), then);
        note(decision, now);
        Map<Earning, Long> before = earnings(ruling.inputs(), ruling.decision(), record.refunded());
        Map<Earning, Long> after = earnings(inputs, decision, record.refunded());
        orders++;
        before.forEach((earning, amount) -> sums.computeIfAbsent(earning, first -> new long[2])[0] += amount);
        after.forEach((earning, amount) -> sums.computeIfAbsent(earning, first -> new long[2])[1] += amount);
        if (!before.equals(after)) {
            changed++;
            if (examples.size() < MAX_EXAMPLES) {
                examples.add(new Example(identity, before, after));
            }
        }
    }

    /** The inputs without refusals that an order of this replay had caused: those are found out anew. */
    private Inputs unexplained(Inputs inputs) {
        List<TouchFacts> touches = inputs.touches().stream()
                .map(touch -> touch.refusal().equals(Optional.of(TouchFacts.Refusal.SUPERSEDED))
                                && then.containsKey(touch.id())
                        ? touch.withoutRefusal()
                        : touch)
                .toList();
        return inputs.touching(touches);
    }

    private Optional<ClickId> refused(Decision decision) {
        Set<ClickId> winners = new HashSet<>();
        decision.winners().forEach(change -> winners.add(change.id()));
        return winners.stream()
                .filter(id -> Boolean.FALSE.equals(now.get(id)))
                .sorted()
                .findFirst();
    }

    /** The first word about a click stands: true where it earned. */
    private static void note(Decision decision, Map<ClickId, Boolean> fates) {
        for (TouchChange change : decision.changes()) {
            fates.putIfAbsent(change.id(), change.reason() == EventReason.CONVERTED);
        }
    }

    private static Map<Earning, Long> earnings(Inputs inputs, Decision decision, long refunded) {
        Map<Earning, Long> earnings = new TreeMap<>();
        Accounting.standing(inputs, decision, refunded)
                .forEach(standing -> earnings.merge(
                        new Earning(
                                standing.credit().creator(), standing.credit().commissionCurrency()),
                        standing.commission(),
                        Long::sum));
        return earnings;
    }
}
