package io.influtrace.worker.proof;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.TouchFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Another policy of one campaign; what it leaves open stays as each order's inputs have it.
 *
 * @param commission the campaign's; a creator's own stays
 */
public record Overlay(String campaign, Optional<Model> model, OptionalInt windowDays, Optional<Commission> commission) {

    /** The same inputs under this policy. */
    Inputs over(Inputs inputs) {
        PolicyFacts policy = inputs.policies().get(campaign);
        if (policy == null) {
            return inputs;
        }
        Map<String, PolicyFacts> policies = new HashMap<>(inputs.policies());
        policies.put(
                campaign,
                new PolicyFacts(
                        campaign,
                        policy.version(),
                        model.orElse(policy.model()),
                        policy.holdDays(),
                        commission.orElse(policy.commission()),
                        policy.overrides()));
        List<TouchFacts> touches = inputs.touches().stream().map(this::over).toList();
        return new Inputs(
                inputs.order(),
                inputs.coupons(),
                touches,
                inputs.refusedTokens(),
                policies,
                inputs.ordinals(),
                inputs.renewed());
    }

    /** A click's window is part of its id; one that had expired may not have under a longer one. */
    private TouchFacts over(TouchFacts touch) {
        if (windowDays.isEmpty() || !touch.campaign().equals(campaign)) {
            return touch;
        }
        ClickId id = touch.id();
        int days = windowDays.getAsInt();
        return new TouchFacts(
                new ClickId(id.partition(), days, id.writer(), id.sequence()),
                touch.clickClass(),
                touch.at(),
                touch.link(),
                touch.campaign(),
                touch.creator(),
                touch.handle(),
                touch.integrations(),
                touch.own(),
                touch.refusal().filter(why -> why != TouchFacts.Refusal.EXPIRED || days <= id.windowDays()));
    }
}
