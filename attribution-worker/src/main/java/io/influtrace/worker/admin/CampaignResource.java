package io.influtrace.worker.admin;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Campaigns: {@code id, name, model, windowDays, holdDays, commission, overrides, utm, archived}. */
record CampaignResource() implements Resource<Campaign> {

    private static final int MOST_HOLD_DAYS = 3_650;
    private static final int DEFAULT_WINDOW_DAYS = 30;
    private static final Map<String, Model> MODELS = models();

    private static Map<String, Model> models() {
        Map<String, Model> models = new LinkedHashMap<>();
        for (Model model : Model.values()) {
            models.put(model.word(), model);
        }
        return models;
    }

    @Override
    public Kind<Campaign> kind() {
        return Kind.CAMPAIGNS;
    }

    @Override
    public String keyField() {
        return "id";
    }

    @Override
    public Set<String> fields() {
        return Set.of("id", "name", "model", "windowDays", "holdDays", "commission", "overrides", "utm", "archived");
    }

    @Override
    public Campaign parse(Body body, Optional<Campaign> known, Draft draft) {
        String id = body.matching("id", Names.ID, Names.ID_WORDS);
        return new Campaign(
                id,
                body.optional("name", Names.NAME_LENGTH).orElse(id),
                body.word("model", Model.LAST_CLICK.word(), MODELS),
                (int) body.optionalNumber("windowDays", 1, ClickId.MAX_WINDOW_DAYS)
                        .orElse(DEFAULT_WINDOW_DAYS),
                (int) body.optionalNumber("holdDays", 0, MOST_HOLD_DAYS).orElse(Campaign.DEFAULT_HOLD_DAYS),
                CommissionBody.read(
                        body.inner("commission").orElseThrow(() -> body.invalid("commission", "is missing"))),
                overrides(body, draft),
                body.parameters("utm", Names.UTM, Names.MOST_UTM),
                body.flag("archived"));
    }

    private static Map<String, Commission> overrides(Body body, Draft draft) {
        Map<String, Commission> overrides = new LinkedHashMap<>();
        body.inner("overrides").ifPresent(inner -> {
            for (String handle : inner.json().fieldNames()) {
                if (draft.now(Kind.CREATORS, handle).isEmpty() || overrides.size() == Names.MOST_LISTED) {
                    throw inner.invalid(handle, "is no registered creator");
                }
                overrides.put(
                        handle,
                        CommissionBody.read(
                                inner.inner(handle).orElseThrow(() -> inner.invalid(handle, "is missing"))));
            }
        });
        return overrides;
    }

    @Override
    public Campaign put(Draft draft, Campaign value) {
        return draft.put(value);
    }

    @Override
    public Campaign retired(Campaign now) {
        return new Campaign(
                now.id(),
                now.name(),
                now.model(),
                now.windowDays(),
                now.holdDays(),
                now.commission(),
                now.overrides(),
                now.utm(),
                true);
    }

    @Override
    public JsonObject show(Campaign campaign) {
        JsonObject overrides = new JsonObject();
        campaign.overrides().forEach((handle, commission) -> overrides.put(handle, CommissionBody.show(commission)));
        return new JsonObject()
                .put("id", campaign.id())
                .put("name", campaign.name())
                .put("model", campaign.model().word())
                .put("windowDays", campaign.windowDays())
                .put("holdDays", campaign.holdDays())
                .put("commission", CommissionBody.show(campaign.commission()))
                .put("overrides", overrides)
                .put("utm", Shown.map(campaign.utm()))
                .put("archived", campaign.archived());
    }
}
