package io.influtrace.worker.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One version of one thing as it is stored and told to other workers.
 *
 * @param number counts from 1
 * @param from milliseconds since the epoch
 */
record Stored<T>(Kind<T> kind, String key, int number, long from, T value) {

    static <T> Stored<T> of(Kind<T> kind, Timeline.Version<T> version) {
        return new Stored<>(kind, kind.key().apply(version.value()), version.number(), version.from(), version.value());
    }

    /** The field in the hash of versions; numbers have no colon, so the key may hold any. */
    String field() {
        return number + ":" + key;
    }

    /** The value in the hash of versions. */
    String json() {
        return JsonFields.empty()
                .with("from", from)
                .with("value", kind.write().apply(value).node())
                .write();
    }

    /** Reads a field and its value. */
    static <T> Stored<T> read(Kind<T> kind, String field, String json) {
        int colon = field.indexOf(':');
        JsonFields fields = JsonFields.parse(json);
        return new Stored<>(
                kind,
                field.substring(colon + 1),
                Integer.parseInt(field.substring(0, colon)),
                fields.number("from"),
                kind.read().apply(JsonFields.of(fields.inner("value"))));
    }

    /** The version within the entry that tells other workers. */
    ObjectNode entry() {
        return JsonFields.empty()
                .with("kind", kind.word())
                .with("field", field())
                .with("json", json())
                .node();
    }

    /** Reads {@link #entry()}. */
    static Stored<?> read(JsonNode entry) {
        JsonFields fields = JsonFields.of(entry);
        return read(Kind.ofWord(fields.text("kind")), fields.text("field"), fields.text("json"));
    }
}
