package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.process.Web.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/** The demo's campaign: two creators, a link, two coupons, one store. Sowing again changes nothing. */
final class Seed {

    static final String SLUG = "spring";

    private static final String CAMPAIGN = "spring-table";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final AdminApi admin;
    private final String edge;
    private final String store;

    Seed(AdminApi admin, String edge, String store) {
        this.admin = admin;
        this.edge = edge;
        this.store = store;
    }

    /** Sows everything up to the store's integration, and returns that one's id. */
    String sow() throws LoadtestFailure {
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
        String integration = integration();
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
    void connect(String integration) throws LoadtestFailure {
        if (connected(integration)) {
            return;
        }
        HttpRequest.Builder ping = HttpRequest.newBuilder(
                        URI.create(edge + "/api/v1/integrations/custom/" + integration + "/ping"))
                .header("Origin", store)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"));
        // The edge hears of a new integration within a second.
        if (!Patience.until(PATIENCE, () -> Web.send(ping.copy()).fine())) {
            throw new LoadtestFailure("The edge does not take the store's ping: " + Web.send(ping));
        }
        String verify = "/integrations/" + integration + "/verify";
        if (!Patience.until(PATIENCE, () -> admin.post(verify, new JsonObject()).fine())) {
            Reply refused = admin.post(verify, new JsonObject());
            throw new LoadtestFailure("The store could not be verified: " + refused.status() + " " + refused.text());
        }
    }

    private boolean connected(String integration) throws LoadtestFailure {
        return "connected"
                .equals(admin.get("/integrations/" + integration).json().getString("status"));
    }

    private String integration() throws LoadtestFailure {
        Optional<JsonObject> known = admin.list("/integrations").stream()
                .filter(one -> store.equals(one.getString("origin")) && !"disconnected".equals(one.getString("status")))
                .findFirst();
        JsonObject integration = known.isPresent()
                ? known.get()
                : admin.create(
                        "/integrations",
                        new JsonObject()
                                .put("type", "custom")
                                .put("origin", store)
                                .put("name", "Juniper & Clay"));
        return integration.getString("id");
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
