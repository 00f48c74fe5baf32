package io.influtrace.worker.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.worker.attribution.Model;
import java.util.Optional;

/** Each configured thing as the JSON that is stored of one version. */
final class CatalogJson {

    private CatalogJson() {}

    static JsonFields write(Creator creator) {
        return JsonFields.empty()
                .with("handle", creator.handle())
                .with("number", creator.number())
                .with("name", creator.name())
                .with("emailHash", creator.emailHash())
                .with("retired", creator.retired());
    }

    static Creator creator(JsonFields fields) {
        return new Creator(
                fields.text("handle"),
                (int) fields.number("number"),
                fields.text("name"),
                fields.optional("emailHash"),
                fields.flag("retired"));
    }

    static JsonFields write(Campaign campaign) {
        ObjectNode overrides = JsonNodeFactory.instance.objectNode();
        campaign.overrides().forEach((handle, commission) -> overrides.set(handle, CommissionJson.write(commission)));
        return JsonFields.empty()
                .with("id", campaign.id())
                .with("name", campaign.name())
                .with("model", campaign.model().word())
                .with("windowDays", campaign.windowDays())
                .with("holdDays", campaign.holdDays())
                .with("commission", CommissionJson.write(campaign.commission()))
                .with("overrides", overrides)
                .with("utm", campaign.utm())
                .with("archived", campaign.archived());
    }

    static Campaign campaign(JsonFields fields) {
        return new Campaign(
                fields.text("id"),
                fields.text("name"),
                Model.ofWord(fields.text("model")),
                (int) fields.number("windowDays"),
                (int) fields.number("holdDays"),
                CommissionJson.read(fields.inner("commission")),
                fields.map("overrides", CommissionJson::read),
                fields.map("utm", value -> value.textValue()),
                fields.flag("archived"));
    }

    static JsonFields write(Link link) {
        return JsonFields.empty()
                .with("slug", link.slug())
                .with("number", link.number())
                .with("campaign", link.campaign())
                .with("destination", link.destination())
                .with("integrations", link.integrations())
                .with("creator", link.creator())
                .with("utm", link.utm())
                .with("passQuery", link.passQuery().word())
                .with("activeFrom", link.activeFrom())
                .with("activeUntil", link.activeUntil())
                .with("fallbackUrl", link.fallbackUrl())
                .with("retired", link.retired());
    }

    static Link link(JsonFields fields) {
        return new Link(
                fields.text("slug"),
                (int) fields.number("number"),
                fields.text("campaign"),
                fields.text("destination"),
                fields.texts("integrations"),
                fields.optional("creator"),
                fields.map("utm", value -> value.textValue()),
                PassQuery.ofWord(fields.text("passQuery")),
                fields.optionalNumber("activeFrom"),
                fields.optionalNumber("activeUntil"),
                fields.optional("fallbackUrl"),
                fields.flag("retired"));
    }

    static JsonFields write(Coupon coupon) {
        JsonFields fields = JsonFields.empty()
                .with("id", coupon.id())
                .with("code", coupon.code().text())
                .with("creator", coupon.creator())
                .with("link", coupon.link())
                .with("integrations", coupon.integrations())
                .with("activeFrom", coupon.activeFrom())
                .with("activeUntil", coupon.activeUntil())
                .with("usageLimit", coupon.usageLimit())
                .with("oncePerCustomer", coupon.oncePerCustomer())
                .with("retired", coupon.retired());
        coupon.minimumValue()
                .ifPresent(minimum ->
                        fields.with("minimumValue", minimum.value()).with("minimumCurrency", minimum.currency()));
        return fields;
    }

    static Coupon coupon(JsonFields fields) {
        return new Coupon(
                fields.text("id"),
                new CouponCode(fields.text("code")),
                fields.text("creator"),
                fields.text("link"),
                fields.texts("integrations"),
                fields.optionalNumber("activeFrom"),
                fields.optionalNumber("activeUntil"),
                fields.optionalNumber("usageLimit"),
                fields.flag("oncePerCustomer"),
                minimum(fields),
                fields.flag("retired"));
    }

    private static Optional<Coupon.Minimum> minimum(JsonFields fields) {
        return fields.optional("minimumCurrency")
                .map(currency -> new Coupon.Minimum(fields.number("minimumValue"), currency));
    }

    static JsonFields write(Integration integration) {
        return JsonFields.empty()
                .with("id", integration.id())
                .with("type", integration.type())
                .with("name", integration.name())
                .with("origin", integration.origin())
                .with("store", integration.store())
                .with("consent", integration.consent())
                .with("status", integration.status())
                .with("secret", integration.secret())
                .with("previousSecret", integration.previousSecret());
    }

    static Integration integration(JsonFields fields) {
        return new Integration(
                fields.text("id"),
                fields.text("type"),
                fields.text("name"),
                fields.optional("origin"),
                fields.optional("store"),
                fields.text("consent"),
                fields.text("status"),
                fields.optional("secret"),
                fields.optional("previousSecret"));
    }
}
