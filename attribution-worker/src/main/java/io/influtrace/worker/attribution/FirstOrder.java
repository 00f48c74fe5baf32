package io.influtrace.worker.attribution;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The credited order that another one renews: who earned it earns the renewal, as a further conversion of the same events,
 * however long ago the touch was.
 *
 * @param credits with weights; a renewal's amounts are its own
 */
public record FirstOrder(String orderId, Signal signal, List<Credit> credits) {

    public FirstOrder {
        credits = List.copyOf(credits);
    }

    /** An order as others renew it; empty where nobody earned it. */
    public static Optional<FirstOrder> of(String orderId, Decision decision) {
        return decision.credits().isEmpty()
                ? Optional.empty()
                : Optional.of(new FirstOrder(
                        orderId,
                        decision.signal(),
                        decision.credits().stream()
                                .map(credit -> share(
                                        credit.creator(),
                                        credit.campaign(),
                                        credit.link(),
                                        credit.eventId(),
                                        credit.weight()))
                                .toList()));
    }

    /** A credit without version and amounts, which are each renewal's own. */
    public static Credit share(String creator, String campaign, String link, String eventId, BigInteger weight) {
        return new Credit(creator, campaign, 0, link, eventId, weight, 0, 0, "");
    }

    /** The renewal's decision before it is priced. A click whose status is lost still credits, for it had converted. */
    Decision renewed(Inputs inputs) {
        List<Credit> shares = new ArrayList<>();
        List<TraceStep> steps = new ArrayList<>();
        for (Credit credit : credits) {
            PolicyFacts policy = inputs.policy(credit.campaign());
            shares.add(new Credit(
                    credit.creator(),
                    credit.campaign(),
                    policy.version(),
                    credit.link(),
                    credit.eventId(),
                    credit.weight(),
                    0,
                    0,
                    ""));
            steps.add(new TraceStep(
                    signal,
                    credit.eventId(),
                    "renewal",
                    "credited",
                    "the order renews " + orderId + ", which " + credit.creator() + " earned"));
        }
        Set<String> events = credits.stream().map(Credit::eventId).collect(Collectors.toSet());
        List<TouchChange> changes = inputs.touches().stream()
                .filter(touch -> touch.refusal().isEmpty())
                .map(TouchFacts::id)
                .filter(id -> events.contains(id.text()))
                .map(id -> new TouchChange(id, EventReason.CONVERTED, Optional.empty()))
                .toList();
        return new Decision(
                Verdict.CREDITED,
                signal,
                Reason.NO_SIGNAL,
                shares,
                List.of(),
                changes,
                List.of(),
                List.of(),
                List.of(),
                steps);
    }
}
