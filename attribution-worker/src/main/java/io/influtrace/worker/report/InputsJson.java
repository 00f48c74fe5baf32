package io.influtrace.worker.report;

import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.TouchFacts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.TreeMap;

/** What a decision hung on, for the one who doubts it. */
final class InputsJson {

    private InputsJson() {}

    static JsonObject of(Inputs inputs) {
        JsonArray coupons = new JsonArray();
        inputs.coupons().forEach(coupon -> coupons.add(coupon(coupon)));
        JsonArray touches = new JsonArray();
        inputs.touches().stream().sorted(TouchFacts.BY_TIME).forEach(touch -> touches.add(touch(touch)));
        JsonObject policies = new JsonObject();
        new TreeMap<>(inputs.policies())
                .forEach((campaign, policy) -> policies.put(
                        campaign,
                        new JsonObject()
                                .put("version", policy.version())
                                .put("model", policy.model().word())
                                .put("holdDays", policy.holdDays())));
        String currency = inputs.order().currency();
        JsonObject shown = new JsonObject()
                .put("integrationStatus", inputs.order().integrationStatus())
                .put("tax", Amounts.money(inputs.order().tax(), currency))
                .put("shipping", Amounts.money(inputs.order().shipping(), currency))
                .put("coupons", coupons)
                .put("touches", touches)
                .put("refusedTokens", new JsonArray(inputs.refusedTokens()))
                .put("policies", policies);
        inputs.renewed().ifPresent(first -> shown.put("renews", first.orderId()));
        return shown;
    }

    private static JsonObject coupon(CouponFacts coupon) {
        JsonObject shown = new JsonObject()
                .put("code", coupon.code())
                .put("standing", coupon.standing().name().toLowerCase(Locale.ROOT))
                .put("own", coupon.own());
        coupon.mapping()
                .ifPresent(mapping -> shown.put("creator", mapping.creator())
                        .put("link", mapping.link())
                        .put("campaign", mapping.campaign()));
        return shown;
    }

    private static JsonObject touch(TouchFacts touch) {
        JsonObject shown = new JsonObject()
                .put("id", touch.id().text())
                .put("class", touch.clickClass().word())
                .put("at", Amounts.time(touch.at()))
                .put("link", touch.link())
                .put("campaign", touch.campaign())
                .put("windowDays", touch.id().windowDays())
                .put("own", touch.own());
        touch.handle().ifPresent(handle -> shown.put("creator", handle));
        return shown;
    }
}
