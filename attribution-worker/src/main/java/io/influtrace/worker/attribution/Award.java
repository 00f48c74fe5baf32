package io.influtrace.worker.attribution;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who earned an order and what follows for everybody else's events.
 *
 * @param credits with weights; the amounts come afterwards, from {@link Accounting}
 * @param changes of clicks, one at most for each
 */
record Award(Signal signal, List<Credit> credits, List<TouchChange> changes, List<CouponEvent> couponEvents) {

    /** The first usable code wins whole; other creators' clicks give way to it, other codes are set aside. */
    static Award byCoupon(Judgement judgement) {
        CouponFacts code = judgement.codes().get(0);
        CouponFacts.Mapping mapping = mapping(code);
        PolicyFacts policy = judgement.inputs().policy(mapping.campaign());
        List<TouchFacts> ownClicks = judgement.eligible().stream()
                .filter(touch -> touch.handle().equals(Optional.of(mapping.creator())))
                .toList();
        Optional<TouchFacts> supporting = ownClicks.isEmpty()
                ? Optional.empty()
                : Optional.of(ownClicks.get(policy.model() == Model.FIRST_CLICK ? 0 : ownClicks.size() - 1));
        String eventId = supporting
                .map(touch -> touch.id().text())
                .orElseGet(() -> couponEventId(judgement.inputs().order()));
        Credit credit = credit(mapping.creator(), policy, mapping.link(), eventId, BigInteger.ONE);
        OrderFacts order = judgement.inputs().order();
        TouchChange.Other winner = new TouchChange.Other(eventId, mapping.creator(), order.occurredAt());

        Changes changes = new Changes();
        supporting.ifPresent(
                touch -> changes.add(new TouchChange(touch.id(), EventReason.CONVERTED, Optional.empty())));
        judgement.assisting().stream()
                .filter(touch -> !touch.own() && !touch.handle().equals(Optional.of(mapping.creator())))
                .forEach(touch -> changes.add(
                        new TouchChange(touch.id(), EventReason.SUPERSEDED_BY_COUPON, Optional.of(winner))));
        changes.addFollowing(judgement, policy.model());

        List<CouponEvent> events = new ArrayList<>();
        if (supporting.isEmpty()) {
            events.add(event(eventId, code, EventReason.CONVERTED, Optional.empty()));
        }
        judgement.codes().stream()
                .skip(1)
                .forEach(other -> events.add(event(
                        couponEventId(order) + "/" + other.code(),
                        other,
                        EventReason.SECOND_COUPON,
                        Optional.of(winner))));
        events.addAll(ownCodes(judgement));
        return new Award(Signal.COUPON, List.of(credit), changes.list(), events);
    }

    /** The touches that the model picks share the order. */
    static Award byLink(Judgement judgement) {
        List<TouchFacts> eligible = judgement.eligible();
        TouchFacts latest = eligible.get(eligible.size() - 1);
        Inputs inputs = judgement.inputs();
        Model model = inputs.policy(latest.campaign()).model();
        List<TouchFacts> winners = switch (model) {
            case LAST_CLICK -> List.of(latest);
            case FIRST_CLICK -> List.of(eligible.get(0));
            case LINEAR, TIME_DECAY, POSITION_BASED -> eligible;
        };
        List<BigInteger> weights = Weights.of(model, winners, inputs.order().occurredAt());
        List<Credit> credits = new ArrayList<>();
        Changes changes = new Changes();
        for (int i = 0; i < winners.size(); i++) {
            TouchFacts touch = winners.get(i);
            credits.add(credit(
                    touch.handle().orElseThrow(),
                    inputs.policy(touch.campaign()),
                    touch.link(),
                    touch.id().text(),
                    weights.get(i)));
            changes.add(new TouchChange(touch.id(), EventReason.CONVERTED, Optional.empty()));
        }
        changes.addFollowing(judgement, model);
        return new Award(Signal.LINK, credits, changes.list(), ownCodes(judgement));
    }

    /** Nobody earned it; only the buyer's own touches and codes are flagged. */
    static Award toNobody(Judgement judgement) {
        Changes changes = new Changes();
        changes.addOwn(judgement);
        return new Award(Signal.NONE, List.of(), changes.list(), ownCodes(judgement));
    }

    private static List<CouponEvent> ownCodes(Judgement judgement) {
        return judgement.codeMisses().entrySet().stream()
                .filter(miss -> miss.getValue() == Reason.SELF_REFERRAL)
                .map(Map.Entry::getKey)
                .map(code -> event(
                        couponEventId(judgement.inputs().order()) + "/" + code.code(),
                        code,
                        EventReason.SELF_REFERRAL,
                        Optional.empty()))
                .toList();
    }

    private static String couponEventId(OrderFacts order) {
        return "coupon:" + order.integration() + "/" + order.orderId();
    }

    private static CouponFacts.Mapping mapping(CouponFacts code) {
        return code.mapping()
                .orElseThrow(() -> new IllegalArgumentException("code " + code.code() + " is usable but unmapped"));
    }

    private static CouponEvent event(String id, CouponFacts code, EventReason reason, Optional<TouchChange.Other> by) {
        CouponFacts.Mapping mapping = mapping(code);
        return new CouponEvent(id, code.code(), mapping.creator(), mapping.link(), mapping.campaign(), reason, by);
    }

    private static Credit credit(String creator, PolicyFacts policy, String link, String eventId, BigInteger weight) {
        return new Credit(creator, policy.campaign(), policy.version(), link, eventId, weight, 0, 0, "");
    }

    /** Changes by click: the first word about a click stands. */
    private static final class Changes {
        private final Map<Object, TouchChange> byClick = new LinkedHashMap<>();

        void add(TouchChange change) {
            byClick.putIfAbsent(change.id(), change);
        }

        void addOwn(Judgement judgement) {
            judgement
                    .own()
                    .forEach(touch -> add(new TouchChange(touch.id(), EventReason.SELF_REFERRAL, Optional.empty())));
        }

        void addFollowing(Judgement judgement, Model modelWithoutTouches) {
            addOwn(judgement);
            Model model = judgement.model().orElse(modelWithoutTouches);
            Meeting.superseded(model, judgement.known()).forEach(this::add);
        }

        List<TouchChange> list() {
            return List.copyOf(byClick.values());
        }
    }
}
