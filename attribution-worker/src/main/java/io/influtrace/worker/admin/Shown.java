package io.influtrace.worker.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Values as answers spell them; what is absent is left out. */
final class Shown {

    private Shown() {}

    static JsonObject map(Map<String, String> map) {
        JsonObject shown = new JsonObject();
        new TreeMap<>(map).forEach(shown::put);
        return shown;
    }

    static JsonArray list(List<String> texts) {
        JsonArray shown = new JsonArray();
        texts.forEach(shown::add);
        return shown;
    }

    static void optional(JsonObject shown, String name, Optional<String> value) {
        value.ifPresent(text -> shown.put(name, text));
    }

    static void instant(JsonObject shown, String name, OptionalLong value) {
        value.ifPresent(millis -> shown.put(name, Times.text(millis)));
    }
}
