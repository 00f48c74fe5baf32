package io.influtrace.worker.admin;

import io.vertx.core.json.JsonObject;

/** A change laid over what stands, as RFC 7396 merges: objects by field, null takes away, all else replaces. */
final class Merge {

    private Merge() {}

    static JsonObject over(JsonObject standing, JsonObject change) {
        JsonObject merged = standing.copy();
        for (String name : change.fieldNames()) {
            Object value = change.getValue(name);
            if (value instanceof JsonObject inner
                    && merged.getValue(name) instanceof JsonObject before
                    && !name.equals("commission")) {
                merged.put(name, over(before, inner));
            } else if (value == null && !name.equals("email")) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        }
        return merged;
    }
}
