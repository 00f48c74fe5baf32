package io.influtrace.worker.order;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Signal;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.Tickets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides, and where the decision hangs on what others took before, asks for its share of it and decides again. */
record Deciding(Facts facts, Tickets tickets) {

    CompletionStage<Ruling> decide(OrderIdentity order, Inputs inputs, Optional<String> customer) {
        return decide(order, inputs, customer, new HashSet<>());
    }

    private CompletionStage<Ruling> decide(
            OrderIdentity order, Inputs inputs, Optional<String> customer, Set<String> admitted) {
        Decision decision = Attribution.decide(inputs);
        Optional<String> code = inputs.renewed().isPresent()
                ? Optional.empty()
                : usedCode(decision).filter(used -> !admitted.contains(used));
        Optional<Codes.Limit> limit = code.flatMap(used -> facts.limit(inputs, used));
        if (code.isPresent() && limit.isPresent()) {
            Optional<String> who = limit.get().oncePerCustomer() ? customer : Optional.empty();
            return tickets.mayUse(order, limit.get().coupon(), limit.get().usages(), who)
                    .thenCompose(may -> {
                        admitted.add(code.get());
                        return decide(order, may ? inputs : exhausted(inputs, code.get()), customer, admitted);
                    });
        }
        return CompletableFuture.completedStage(new Ruling(inputs, decision));
    }

    /**
     * The same decision at the rates of its creators' places in the month. Asked for once the touches are won, so that no
     * order takes a place that it is not credited for.
     */
    CompletionStage<Ruling> placed(OrderIdentity order, Ruling ruling) {
        Inputs inputs = ruling.inputs();
        Optional<String> unplaced = ruling.decision().credits().stream()
                .filter(credit -> inputs.policy(credit.campaign())
                        .commissionOf(credit.creator())
                        .tiered())
                .map(Credit::creator)
                .filter(creator -> !inputs.ordinals().containsKey(creator))
                .findFirst();
        if (unplaced.isEmpty()) {
            return CompletableFuture.completedStage(ruling);
        }
        return tickets.place(order, unplaced.get(), inputs.order().occurredAt()).thenCompose(place -> {
            Inputs known = inputs.with(unplaced.get(), place);
            return placed(order, new Ruling(known, Attribution.decide(known)));
        });
    }

    private static Optional<String> usedCode(Decision decision) {
        return decision.signal() != Signal.COUPON
                ? Optional.empty()
                : decision.trace().stream()
                        .filter(step ->
                                step.signal() == Signal.COUPON && step.outcome().equals("credited"))
                        .map(step -> step.subject())
                        .findFirst();
    }

    private static Inputs exhausted(Inputs inputs, String code) {
        List<CouponFacts> coupons = inputs.coupons().stream()
                .map(coupon -> coupon.code().equals(code)
                        ? new CouponFacts(
                                code,
                                CouponFacts.Standing.LIMIT_REACHED,
                                coupon.mapping(),
                                coupon.own(),
                                coupon.nearest())
                        : coupon)
                .toList();
        return inputs.using(coupons);
    }
}
