package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.RecordMembers;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.FirstOrder;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.Signal;
import io.influtrace.worker.attribution.TouchFacts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The canonical inputs of a decision as compact JSON: what the order's identity says already, and what is usual, is left
 * out, for there are many orders. A touch's time is its age, and its campaign the only one unless it says otherwise.
 */
final class InputsJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private InputsJson() {}

    static ObjectNode write(Inputs inputs, OrderIdentity identity) {
        ObjectNode json = NODES.objectNode();
        OrderFacts order = inputs.order();
        json.set(
                RecordMembers.ORDER,
                new Slim()
                        .add(order.occurredAt())
                        .add(order.value())
                        .add(order.currency())
                        .unless(0, order.tax())
                        .unless(0, order.shipping())
                        .unless("connected", order.integrationStatus())
                        .unless(identity.scope(), order.integration())
                        .unless(identity.orderId(), order.orderId())
                        .trimmed());
        Map<String, PolicyFacts> policies = new TreeMap<>(inputs.policies());
        String campaign = only(policies);
        inputs.coupons().forEach(coupon -> json.withArray("c").add(coupon(coupon)));
        inputs.touches().forEach(touch -> json.withArray("t").add(touch(touch, order, campaign)));
        inputs.refusedTokens().forEach(why -> json.withArray("x").add(why));
        policies.values().forEach(policy -> json.withArray("p").add(policy(policy)));
        new TreeMap<>(inputs.ordinals())
                .forEach((creator, ordinal) -> json.withObjectProperty("n").put(creator, ordinal));
        inputs.renewed().ifPresent(first -> {
            ArrayNode renewed =
                    json.putArray("f").add(first.orderId()).add(first.signal().name());
            first.credits()
                    .forEach(credit -> renewed.addArray()
                            .add(credit.creator())
                            .add(credit.campaign())
                            .add(credit.link())
                            .add(credit.eventId())
                            .add(credit.weight()));
        });
        return json;
    }

    static Inputs read(JsonNode json, OrderIdentity identity) {
        JsonNode facts = json.path("o");
        OrderFacts order = new OrderFacts(
                Slim.text(facts.path(6), identity.scope()),
                Slim.text(facts.path(7), identity.orderId()),
                Slim.text(facts.path(5), "connected"),
                facts.path(0).asLong(),
                facts.path(1).asLong(),
                facts.path(2).asText(),
                Slim.number(facts.path(3), 0),
                Slim.number(facts.path(4), 0));
        Map<String, PolicyFacts> policies = new TreeMap<>();
        for (JsonNode each : json.path("p")) {
            PolicyFacts policy = policy(each);
            policies.put(policy.campaign(), policy);
        }
        String campaign = only(policies);
        List<CouponFacts> coupons = new ArrayList<>();
        json.path("c").forEach(coupon -> coupons.add(coupon(coupon)));
        List<TouchFacts> touches = new ArrayList<>();
        json.path("t").forEach(touch -> touches.add(touch(touch, order, campaign)));
        Map<String, Long> ordinals = new TreeMap<>();
        json.path("n")
                .properties()
                .forEach(named -> ordinals.put(named.getKey(), named.getValue().asLong()));
        return new Inputs(order, coupons, touches, texts(json.path("x")), policies, ordinals, renewed(json.path("f")));
    }

    private static Optional<FirstOrder> renewed(JsonNode json) {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        List<Credit> credits = new ArrayList<>();
        for (int i = 2; i < json.size(); i++) {
            JsonNode credit = json.path(i);
            credits.add(FirstOrder.share(
                    credit.path(0).asText(),
                    credit.path(1).asText(),
                    credit.path(2).asText(),
                    credit.path(3).asText(),
                    new BigInteger(credit.path(4).asText())));
        }
        return Optional.of(new FirstOrder(
                json.path(0).asText(), Signal.valueOf(json.path(1).asText()), credits));
    }

    private static String only(Map<String, PolicyFacts> policies) {
        return policies.size() == 1 ? policies.keySet().iterator().next() : "";
    }

    private static ArrayNode coupon(CouponFacts coupon) {
        ArrayNode mapping = NODES.arrayNode();
        coupon.mapping()
                .ifPresent(whom -> mapping.add(whom.creator()).add(whom.link()).add(whom.campaign()));
        Slim json = new Slim().add(coupon.code()).add(mapping);
        json.unless(CouponFacts.Standing.MAPPED.name(), coupon.standing().name())
                .unless(0, coupon.own() ? 1 : 0);
        coupon.nearest().forEach(json::add);
        return json.trimmed();
    }

    private static CouponFacts coupon(JsonNode json) {
        JsonNode mapping = json.path(1);
        List<String> nearest = texts(json);
        return new CouponFacts(
                json.path(0).asText(),
                CouponFacts.Standing.valueOf(Slim.text(json.path(2), CouponFacts.Standing.MAPPED.name())),
                mapping.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CouponFacts.Mapping(
                                mapping.path(0).asText(),
                                mapping.path(1).asText(),
                                mapping.path(2).asText())),
                Slim.number(json.path(3), 0) == 1,
                nearest.size() < 4 ? List.of() : nearest.subList(4, nearest.size()));
    }

    private static ArrayNode touch(TouchFacts touch, OrderFacts order, String campaign) {
        Slim json = new Slim().add(touch.id().text()).add(order.occurredAt() - touch.at());
        json.add(touch.link()).add(touch.creator()).add(touch.handle().orElse(""));
        json.unless(ClickClass.HUMAN.code(), touch.clickClass().code()).unless(campaign, touch.campaign());
        if (touch.integrations().equals(Set.of(order.integration()))) {
            json.add("");
        } else {
            ArrayNode integrations = NODES.arrayNode();
            touch.integrations().forEach(integrations::add);
            json.add(integrations);
        }
        json.unless(0, touch.own() ? 1 : 0);
        return json.add(touch.refusal().map(TouchFacts.Refusal::name).orElse(""))
                .trimmed();
    }

    private static TouchFacts touch(JsonNode json, OrderFacts order, String campaign) {
        Set<String> integrations =
                Slim.usual(json.path(7)) ? Set.of(order.integration()) : new TreeSet<>(texts(json.path(7)));
        return new TouchFacts(
                ClickId.parse(json.path(0).asText())
                        .orElseThrow(() -> new IllegalArgumentException("a touch without an id")),
                ClickClass.ofCode((int) Slim.number(json.path(5), ClickClass.HUMAN.code())),
                order.occurredAt() - json.path(1).asLong(),
                json.path(2).asText(),
                Slim.text(json.path(6), campaign),
                json.path(3).asInt(),
                Slim.text(json.path(4)),
                integrations,
                Slim.number(json.path(8), 0) == 1,
                Slim.text(json.path(9)).map(TouchFacts.Refusal::valueOf));
    }

    private static ArrayNode policy(PolicyFacts policy) {
        Slim json = new Slim().add(policy.campaign()).add(policy.version()).add(policy.holdDays());
        json.add(commission(policy.commission()))
                .unless(Model.LAST_CLICK.word(), policy.model().word());
        if (!policy.overrides().isEmpty()) {
            ObjectNode overrides = NODES.objectNode();
            new TreeMap<>(policy.overrides())
                    .forEach((creator, commission) -> overrides.set(creator, commission(commission)));
            json.add(overrides);
        }
        return json.trimmed();
    }

    private static PolicyFacts policy(JsonNode json) {
        Map<String, Commission> overrides = new TreeMap<>();
        json.path(5)
                .properties()
                .forEach(override -> overrides.put(override.getKey(), commission(override.getValue())));
        return new PolicyFacts(
                json.path(0).asText(),
                json.path(1).asInt(),
                Model.ofWord(Slim.text(json.path(4), Model.LAST_CLICK.word())),
                json.path(2).asInt(),
                commission(json.path(3)),
                overrides);
    }

    /** A percentage is {@code "10"}, with tiers {@code ["10", from, "12", …]}, an amount {@code [500, "USD"]}. */
    private static JsonNode commission(Commission commission) {
        ArrayNode json = NODES.arrayNode();
        if (commission instanceof Commission.Fixed fixed) {
            return json.add(fixed.value()).add(fixed.currency());
        }
        Commission.Percent percent = (Commission.Percent) commission;
        if (percent.tiers().isEmpty()) {
            return NODES.textNode(percent.percent().toString());
        }
        json.add(percent.percent().toString());
        percent.tiers().forEach(tier -> json.add(tier.from()).add(tier.percent().toString()));
        return json;
    }

    private static Commission commission(JsonNode json) {
        if (json.isTextual()) {
            return new Commission.Percent(new BigDecimal(json.textValue()), List.of());
        }
        if (json.path(0).isNumber()) {
            return new Commission.Fixed(json.path(0).asLong(), json.path(1).asText());
        }
        List<Commission.Tier> tiers = new ArrayList<>();
        for (int i = 1; i + 1 < json.size(); i += 2) {
            tiers.add(new Commission.Tier(
                    json.path(i).asLong(), new BigDecimal(json.path(i + 1).asText())));
        }
        return new Commission.Percent(new BigDecimal(json.path(0).asText()), tiers);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
