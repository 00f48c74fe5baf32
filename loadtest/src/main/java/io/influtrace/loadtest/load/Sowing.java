package io.influtrace.loadtest.load;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.demo.StoreAccount;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A shop for the load, made through the API as a merchant would; sowing again changes nothing. */
public final class Sowing {

    private static final String ORIGIN = "http://load.shop.example";
    private static final String CAMPAIGN = "load";

    private Sowing() {}

    /**
     * A store that nobody verified yet, a campaign of 30 days, and so many links and creators.
     *
     * @param slug of the links, followed by their number
     * @param handle of the creators, followed by their number
     */
    public static Shop sow(AdminApi admin, String slug, int links, String handle, int creators) throws LoadtestFailure {
        String store = StoreAccount.of(admin, "", ORIGIN).open("Load");
        JsonObject commission = new JsonObject().put("type", "percent").put("value", "10");
        admin.ensure(
                "/campaigns",
                "id",
                new JsonObject()
                        .put("id", CAMPAIGN)
                        .put("name", "Load")
                        .put("model", "last_click")
                        .put("windowDays", 30)
                        .put("commission", commission));
        for (int creator = 0; creator < creators; creator++) {
            String name = handle + creator;
            admin.ensure(
                    "/creators", "handle", new JsonObject().put("handle", name).put("name", name));
        }
        for (int link = 0; link < links; link++) {
            admin.ensure(
                    "/links",
                    "slug",
                    new JsonObject()
                            .put("slug", slug + link)
                            .put("campaign", CAMPAIGN)
                            .put("destination", ORIGIN + "/product/" + link + "?colour=blue")
                            .put("integrations", new JsonArray().add(store)));
        }
        return new Shop(slug, links, handle, creators, store, ORIGIN);
    }

    /** Lets the store be seen by an edge, and verifies it. */
    static void connect(AdminApi admin, String edge, Shop shop) throws LoadtestFailure {
        StoreAccount.of(admin, edge, shop.origin()).connect(shop.integration());
    }
}
