package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.TouchFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The canonical inputs of a decision as compact JSON: arrays by position, what is usual left out. */
final class InputsJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private InputsJson() {}

    static ObjectNode write(Inputs inputs) {
        ObjectNode json = NODES.objectNode();
        OrderFacts order = inputs.order();
        ArrayNode facts = json.putArray("o").add(order.integration()).add(order.orderId());
        facts.add(order.occurredAt()).add(order.value()).add(order.currency());
        boolean connected = order.integrationStatus().equals("connected");
        if (order.tax() != 0 || order.shipping() != 0 || !connected) {
            facts.add(order.tax()).add(order.shipping());
        }
        if (!connected) {
            facts.add(order.integrationStatus());
        }
        inputs.coupons().forEach(coupon -> json.withArray("c").add(coupon(coupon)));
        inputs.touches().forEach(touch -> json.withArray("t").add(touch(touch)));
        inputs.refusedTokens().forEach(why -> json.withArray("x").add(why));
        new TreeMap<>(inputs.policies())
                .forEach((name, policy) -> json.withObjectProperty("p").set(name, policy(policy)));
        new TreeMap<>(inputs.ordinals())
                .forEach((creator, ordinal) -> json.withObjectProperty("n").put(creator, ordinal));
        return json;
    }

    static Inputs read(JsonNode json) {
        JsonNode facts = json.path("o");
        OrderFacts order = new OrderFacts(
                facts.path(0).asText(),
                facts.path(1).asText(),
                facts.path(7).asText("connected"),
                facts.path(2).asLong(),
                facts.path(3).asLong(),
                facts.path(4).asText(),
                facts.path(5).asLong(),
                facts.path(6).asLong());
        List<CouponFacts> coupons = new ArrayList<>();
        json.path("c").forEach(coupon -> coupons.add(coupon(coupon)));
        List<TouchFacts> touches = new ArrayList<>();
        json.path("t").forEach(touch -> touches.add(touch(touch)));
        Map<String, PolicyFacts> policies = new TreeMap<>();
        json.path("p").properties().forEach(named -> policies.put(named.getKey(), policy(named)));
        Map<String, Long> ordinals = new TreeMap<>();
        json.path("n")
                .properties()
                .forEach(named -> ordinals.put(named.getKey(), named.getValue().asLong()));
        return new Inputs(order, coupons, touches, texts(json.path("x")), policies, ordinals);
    }

    private static ArrayNode coupon(CouponFacts coupon) {
        ArrayNode json =
                NODES.arrayNode().add(coupon.code()).add(coupon.standing().name());
        json.add(coupon.own() ? 1 : 0);
        ArrayNode mapping = json.addArray();
        coupon.mapping()
                .ifPresent(whom -> mapping.add(whom.creator()).add(whom.link()).add(whom.campaign()));
        coupon.nearest().forEach(json::add);
        return json;
    }

    private static CouponFacts coupon(JsonNode json) {
        JsonNode mapping = json.path(3);
        List<String> nearest = texts(json);
        return new CouponFacts(
                json.path(0).asText(),
                CouponFacts.Standing.valueOf(json.path(1).asText()),
                mapping.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CouponFacts.Mapping(
                                mapping.path(0).asText(),
                                mapping.path(1).asText(),
                                mapping.path(2).asText())),
                json.path(2).asInt() == 1,
                nearest.subList(4, nearest.size()));
    }

    private static ArrayNode touch(TouchFacts touch) {
        ArrayNode json = NODES.arrayNode().add(touch.id().text());
        json.add(touch.clickClass().code()).add(touch.at()).add(touch.link()).add(touch.campaign());
        json.add(touch.creator()).add(touch.handle().orElse(""));
        ArrayNode integrations = json.addArray();
        touch.integrations().forEach(integrations::add);
        if (touch.own() || touch.refusal().isPresent()) {
            json.add(touch.own() ? 1 : 0)
                    .add(touch.refusal().map(TouchFacts.Refusal::name).orElse(""));
        }
        return json;
    }

    private static TouchFacts touch(JsonNode json) {
        Set<String> integrations = new TreeSet<>(texts(json.path(7)));
        return new TouchFacts(
                ClickId.parse(json.path(0).asText())
                        .orElseThrow(() -> new IllegalArgumentException("a touch without an id")),
                ClickClass.ofCode(json.path(1).asInt()),
                json.path(2).asLong(),
                json.path(3).asText(),
                json.path(4).asText(),
                json.path(5).asInt(),
                text(json.path(6)),
                integrations,
                json.path(8).asInt() == 1,
                text(json.path(9)).map(TouchFacts.Refusal::valueOf));
    }

    private static ArrayNode policy(PolicyFacts policy) {
        ArrayNode json = NODES.arrayNode().add(policy.version());
        json.add(policy.model().word()).add(policy.holdDays()).add(commission(policy.commission()));
        if (!policy.overrides().isEmpty()) {
            ObjectNode overrides = json.addObject();
            new TreeMap<>(policy.overrides())
                    .forEach((creator, commission) -> overrides.set(creator, commission(commission)));
        }
        return json;
    }

    private static PolicyFacts policy(Map.Entry<String, JsonNode> named) {
        JsonNode json = named.getValue();
        Map<String, Commission> overrides = new TreeMap<>();
        json.path(4)
                .properties()
                .forEach(override -> overrides.put(override.getKey(), commission(override.getValue())));
        return new PolicyFacts(
                named.getKey(),
                json.path(0).asInt(),
                Model.ofWord(json.path(1).asText()),
                json.path(2).asInt(),
                commission(json.path(3)),
                overrides);
    }

    /** A percentage is {@code ["10", from, "12", …]} with its tiers, an amount {@code [500, "USD"]}. */
    private static ArrayNode commission(Commission commission) {
        ArrayNode json = NODES.arrayNode();
        if (commission instanceof Commission.Fixed fixed) {
            return json.add(fixed.value()).add(fixed.currency());
        }
        Commission.Percent percent = (Commission.Percent) commission;
        json.add(percent.percent().toString());
        percent.tiers().forEach(tier -> json.add(tier.from()).add(tier.percent().toString()));
        return json;
    }

    private static Commission commission(JsonNode json) {
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

    static Optional<String> text(JsonNode json) {
        return Optional.of(json.asText("")).filter(text -> !text.isEmpty());
    }
}
