package io.influtrace.worker.admin;

import io.vertx.core.json.JsonObject;

/** An answer that is no refusal. */
record Reply(int status, JsonObject body) {

    static Reply ok(JsonObject body) {
        return new Reply(200, body);
    }

    static Reply created(JsonObject body) {
        return new Reply(201, body);
    }
}
