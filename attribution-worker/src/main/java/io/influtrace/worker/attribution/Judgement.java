package io.influtrace.worker.attribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every signal of an order after its gates.
 *
 * @param codes usable codes in the store's order
 * @param eligible touches that may earn, oldest first
 * @param known a person's touches of registered creators before the order, oldest first, whatever else they fail
 * @param touchMisses why each other touch earns nothing
 * @param codeMisses why each other code earns nothing
 */
record Judgement(
        Inputs inputs,
        Browser browser,
        List<CouponFacts> codes,
        List<TouchFacts> eligible,
        List<TouchFacts> known,
        Map<TouchFacts, Reason> touchMisses,
        Map<CouponFacts, Reason> codeMisses) {

    static Judgement of(Inputs inputs) {
        Browser browser = Browser.of(inputs.touches());
        OrderFacts order = inputs.order();
        List<CouponFacts> codes = new ArrayList<>();
        Map<CouponFacts, Reason> codeMisses = new LinkedHashMap<>();
        Map<String, CouponFacts> distinct = new LinkedHashMap<>();
        inputs.coupons().forEach(coupon -> distinct.putIfAbsent(coupon.code(), coupon));
        for (CouponFacts coupon : distinct.values()) {
            CouponRule.refusal(coupon)
                    .ifPresentOrElse(reason -> codeMisses.put(coupon, reason), () -> codes.add(coupon));
        }
        List<TouchFacts> eligible = new ArrayList<>();
        Map<TouchFacts, Reason> touchMisses = new LinkedHashMap<>();
        List<TouchFacts> before = browser.touches().stream()
                .filter(touch -> touch.at() <= order.occurredAt())
                .toList();
        for (TouchFacts touch : before) {
            TouchRule.refusal(touch, order)
                    .ifPresentOrElse(reason -> touchMisses.put(touch, reason), () -> eligible.add(touch));
        }
        List<TouchFacts> known = Meeting.known(before);
        return new Judgement(inputs, browser, codes, eligible, known, touchMisses, codeMisses);
    }

    /** The nearest miss of an order that nothing earned. */
    Reason nearestMiss() {
        List<Reason> misses = new ArrayList<>(codeMisses.values());
        misses.addAll(touchMisses.values());
        misses.add(inputs.refusedTokens().isEmpty() ? Reason.NO_SIGNAL : Reason.TOKEN_INVALID);
        return misses.stream().min(Reason::compareTo).orElse(Reason.NO_SIGNAL);
    }

    /** The model that rules this order's touches: that of the latest one in its window. */
    Optional<Model> model() {
        List<TouchFacts> asked = eligible.isEmpty() ? known : eligible;
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        inputs.policy(asked.get(asked.size() - 1).campaign()).model());
    }

    /** Touches of creators whom this order concerns without crediting them: in their window and enabled for the store. */
    List<TouchFacts> assisting() {
        return known.stream()
                .filter(touch ->
                        eligible.contains(touch) || (touch.refusal().isPresent() && wouldCount(touch.withoutRefusal())))
                .toList();
    }

    List<TouchFacts> own() {
        return touchMisses.entrySet().stream()
                .filter(miss -> miss.getValue() == Reason.SELF_REFERRAL)
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean wouldCount(TouchFacts touch) {
        return TouchRule.refusal(touch, inputs.order()).isEmpty();
    }
}
