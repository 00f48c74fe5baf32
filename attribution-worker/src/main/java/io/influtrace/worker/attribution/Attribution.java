package io.influtrace.worker.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The rules in the order in which they are asked: a renewal follows its first order; else coupon, then link, else nobody. */
public final class Attribution {

    private Attribution() {}

    /** Decides about one order. Pure: the same inputs give the same decision, for ever. */
    public static Decision decide(Inputs inputs) {
        Optional<Reason> ignored = ignored(inputs.order());
        if (ignored.isPresent()) {
            return uncredited(Verdict.IGNORED, ignored.get());
        }
        Optional<FirstOrder> first = inputs.renewed();
        if (first.isPresent()) {
            return priced(inputs, first.get().renewed(inputs));
        }
        Judgement judgement = Judgement.of(inputs);
        Award award = award(judgement);
        boolean credited = !award.credits().isEmpty();
        Decision decision = new Decision(
                credited ? Verdict.CREDITED : Verdict.UNATTRIBUTED,
                award.signal(),
                credited ? Reason.NO_SIGNAL : judgement.nearestMiss(),
                award.credits(),
                credited ? assists(judgement, award) : List.of(),
                award.changes(),
                award.couponEvents(),
                judgement.browser().repeats(),
                judgement.browser().confirmed(),
                Trace.of(judgement, award));
        return priced(inputs, decision);
    }

    private static Award award(Judgement judgement) {
        if (!judgement.codes().isEmpty()) {
            return Award.byCoupon(judgement);
        }
        return judgement.eligible().isEmpty() ? Award.toNobody(judgement) : Award.byLink(judgement);
    }

    /** An order of a store that was not verified, or no longer wanted, is nobody's business: no event, no identity. */
    private static Optional<Reason> ignored(OrderFacts order) {
        return switch (order.integrationStatus()) {
            case "connected" -> Optional.empty();
            case "disconnected" -> Optional.of(Reason.INTEGRATION_DISCONNECTED);
            default -> Optional.of(Reason.INTEGRATION_PENDING);
        };
    }

    private static Decision uncredited(Verdict verdict, Reason reason) {
        return new Decision(
                verdict,
                Signal.NONE,
                reason,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<String> assists(Judgement judgement, Award award) {
        NavigableSet<String> handles = new TreeSet<>();
        judgement.assisting().forEach(touch -> touch.handle().ifPresent(handles::add));
        judgement.codes().forEach(code -> code.mapping().ifPresent(mapping -> handles.add(mapping.creator())));
        award.credits().forEach(credit -> handles.remove(credit.creator()));
        return List.copyOf(handles);
    }

    private static Decision priced(Inputs inputs, Decision decision) {
        List<Credit> priced = new ArrayList<>();
        for (Accounting.Standing standing : Accounting.standing(inputs, decision, 0)) {
            Credit credit = standing.credit();
            Commission commission = inputs.commissionOf(credit.campaign(), credit.creator());
            String currency = commission instanceof Commission.Fixed fixed
                    ? fixed.currency()
                    : inputs.order().currency();
            priced.add(credit.priced(standing.value(), standing.commission(), currency));
        }
        return decision.crediting(priced);
    }
}
