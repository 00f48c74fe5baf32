package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.ClickId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a decision hangs on; stored beside it, so that anyone can decide again and get the same. Facts only, never a
 * person's hash.
 *
 * @param coupons in the order in which the store lists them
 * @param touches in any order
 * @param refusedTokens why each token that was none of ours was refused, in the tokens' order
 * @param policies by campaign, one for each campaign of a touch or a mapped coupon
 * @param ordinals which of the calendar month's credited orders this is for a creator with tiers; absent means the first
 * @param renewed the credited order that this one renews
 */
public record Inputs(
        OrderFacts order,
        List<CouponFacts> coupons,
        List<TouchFacts> touches,
        List<String> refusedTokens,
        Map<String, PolicyFacts> policies,
        Map<String, Long> ordinals,
        Optional<FirstOrder> renewed) {

    /** What an order that renews none hangs on. */
    public Inputs(
            OrderFacts order,
            List<CouponFacts> coupons,
            List<TouchFacts> touches,
            List<String> refusedTokens,
            Map<String, PolicyFacts> policies,
            Map<String, Long> ordinals) {
        this(order, coupons, touches, refusedTokens, policies, ordinals, Optional.empty());
    }

    public Inputs {
        coupons = List.copyOf(coupons);
        touches = List.copyOf(touches);
        refusedTokens = List.copyOf(refusedTokens);
        policies = Map.copyOf(policies);
        ordinals = Map.copyOf(ordinals);
    }

    /** The policy of a campaign; an {@link IllegalArgumentException} where the inputs lack it. */
    public PolicyFacts policy(String campaign) {
        PolicyFacts policy = policies.get(campaign);
        if (policy == null) {
            throw new IllegalArgumentException("inputs without the policy of campaign " + campaign);
        }
        return policy;
    }

    /** What a creator earns in a campaign on this order. */
    public Commission commissionOf(String campaign, String creator) {
        return policy(campaign).commissionOf(creator).at(ordinals.getOrDefault(creator, 1L));
    }

    /** The same with one touch refused, for the decision after a compare-and-set that failed. */
    public Inputs refusing(ClickId touch, TouchFacts.Refusal why) {
        List<TouchFacts> changed = touches.stream()
                .map(facts -> facts.id().equals(touch) ? facts.refused(why) : facts)
                .toList();
        return touching(changed);
    }

    /** The same with other touches. */
    public Inputs touching(List<TouchFacts> others) {
        return new Inputs(order, coupons, others, refusedTokens, policies, ordinals, renewed);
    }

    /** The same with what else its codes were worth. */
    public Inputs using(List<CouponFacts> others) {
        return new Inputs(order, others, touches, refusedTokens, policies, ordinals, renewed);
    }

    /** The same order with amended amounts. */
    public Inputs amended(OrderFacts amounts) {
        return new Inputs(amounts, coupons, touches, refusedTokens, policies, ordinals, renewed);
    }

    /** The same with a creator's place in the month. */
    public Inputs with(String creator, long ordinal) {
        Map<String, Long> more = new TreeMap<>(ordinals);
        more.put(creator, ordinal);
        return new Inputs(order, coupons, touches, refusedTokens, policies, more, renewed);
    }
}
