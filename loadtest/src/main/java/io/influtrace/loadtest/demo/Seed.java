package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The demo's campaign: two creators, a link, two coupons, one store. Sowing again changes nothing. */
public final class Seed {

    /** The link of both creators. */
    public static final String SLUG = "spring";

    private static final String CAMPAIGN = "spring-table";

    private final AdminApi admin;
    private final String edge;
    private final String store;

    /** Nothing is sown yet; addresses without a slash at the end. */
    public Seed(AdminApi admin, String edge, String store) {
        this.admin = admin;
        this.edge = edge;
        this.store = store;
    }

    /** Sows everything up to the store's integration, and returns that one's id. */
    public String sow() throws LoadtestFailure {
        admin.ensure(
                "/creators", "handle", new JsonObject().put("handle", "ava").put("name", "Ava Lindgren"));
        admin.ensure(
                "/creators", "handle", new JsonObject().put("handle", "ben").put("name", "Ben Okafor"));
        admin.ensure(
                "/campaigns",
                "id",
                new JsonObject()
                        .put("id", CAMPAIGN)
                        .put("name", "Spring table")
                        .put("model", "last_click")
                        .put("windowDays", 30)
                        .put(
                                "commission",
                                new JsonObject().put("type", "percent").put("value", "10")));
        String integration = account().open("Juniper & Clay");
        JsonArray stores = new JsonArray().add(integration);
        admin.ensure(
                "/links",
                "slug",
                new JsonObject()
                        .put("slug", SLUG)
                        .put("campaign", CAMPAIGN)
                        .put("destination", store + "/")
                        .put("integrations", stores));
        coupon("AVA10", "ava", stores);
        coupon("BEN10", "ben", stores);
        return integration;
    }

    /** Lets the store be seen once, as its first visitor would, and verifies it. */
    public void connect(String integration) throws LoadtestFailure {
        account().connect(integration);
    }

    private StoreAccount account() {
        return StoreAccount.of(admin, edge, store);
    }

    private void coupon(String code, String creator, JsonArray stores) throws LoadtestFailure {
        admin.ensure(
                "/coupons",
                "code",
                new JsonObject()
                        .put("code", code)
                        .put("creator", creator)
                        .put("link", SLUG)
                        .put("integrations", stores));
    }
}
