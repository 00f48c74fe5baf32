package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.process.Web.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** The worker's API, called as an admin. */
public final class AdminApi {

    private final String base;
    private final String token;

    /**
     * Nothing is sent yet.
     *
     * @param worker the worker's address, without a slash at the end
     */
    public AdminApi(String worker, String token) {
        this.base = worker + "/api/v1";
        this.token = token;
    }

    public Reply get(String path) throws LoadtestFailure {
        return Web.send(request(path).GET());
    }

    public Reply post(String path, JsonObject body) throws LoadtestFailure {
        return Web.send(request(path).POST(BodyPublishers.ofString(body.encode())));
    }

    public Reply patch(String path, JsonObject body) throws LoadtestFailure {
        return Web.send(request(path).method("PATCH", BodyPublishers.ofString(body.encode())));
    }

    /** Creates a thing. */
    public JsonObject create(String path, JsonObject body) throws LoadtestFailure {
        return fine("POST " + path, post(path, body)).json();
    }

    /** Creates a thing, or changes the one that is there to look like this. */
    public void ensure(String path, String key, JsonObject body) throws LoadtestFailure {
        Reply made = post(path, body);
        if (made.status() == 409) {
            JsonObject changes = body.copy();
            changes.remove(key);
            fine("PATCH " + path, patch(path + "/" + body.getString(key), changes));
        } else {
            fine("POST " + path, made);
        }
    }

    /** The items of the first page of a list. */
    public List<JsonObject> list(String path) throws LoadtestFailure {
        JsonArray items = fine("GET " + path, get(path)).json().getJsonArray("items", new JsonArray());
        return items.stream().map(JsonObject.class::cast).toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private static Reply fine(String what, Reply reply) throws LoadtestFailure {
        if (!reply.fine()) {
            throw new LoadtestFailure("The worker refused " + what + ": " + reply.status() + " " + reply.text());
        }
        return reply;
    }
}
