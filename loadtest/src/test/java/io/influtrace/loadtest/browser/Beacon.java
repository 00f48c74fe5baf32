package io.influtrace.loadtest.browser;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

/** One request that a browser sent to the edge. */
record Beacon(String method, String path, MultiMap headers, String body) {

    /** The last part of the path: orders, ping or surveys. */
    String kind() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    JsonObject json() {
        return new JsonObject(body);
    }
}
