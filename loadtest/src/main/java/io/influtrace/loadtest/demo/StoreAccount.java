package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.process.Web.Reply;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/** One store's integration, made and verified as its merchant does it. Doing it again changes nothing. */
public final class StoreAccount {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final AdminApi admin;
    private final String edge;
    private final String origin;

    private StoreAccount(AdminApi admin, String edge, String origin) {
        this.admin = admin;
        this.edge = edge;
        this.origin = origin;
    }

    /** The account of the store at that origin; addresses without a slash at the end. */
    public static StoreAccount of(AdminApi admin, String edge, String origin) {
        return new StoreAccount(admin, edge, origin);
    }

    /** The id of the store's integration, made where there is none. */
    public String open(String name) throws LoadtestFailure {
        Optional<JsonObject> known = admin.list("/integrations").stream()
                .filter(one ->
                        origin.equals(one.getString("origin")) && !"disconnected".equals(one.getString("status")))
                .findFirst();
        JsonObject integration = known.isPresent()
                ? known.get()
                : admin.create(
                        "/integrations",
                        new JsonObject()
                                .put("type", "custom")
                                .put("origin", origin)
                                .put("name", name));
        return integration.getString("id");
    }

    /** Lets the store be seen once, as its first visitor would, and verifies it. */
    public void connect(String integration) throws LoadtestFailure {
        if (connected(integration)) {
            return;
        }
        HttpRequest.Builder ping = HttpRequest.newBuilder(
                        URI.create(edge + "/api/v1/integrations/custom/" + integration + "/ping"))
                .header("Origin", origin)
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
}
