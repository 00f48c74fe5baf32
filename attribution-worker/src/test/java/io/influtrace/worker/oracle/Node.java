package io.influtrace.worker.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A story's maps, read by name. */
record Node(Map<String, Object> fields) {

    @SuppressWarnings("unchecked")
    static Node of(Object value) {
        return new Node(value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }

    /** Two maps as one; where both have a map under a name, these are merged too, else the second's value stands. */
    static Map<String, Object> merged(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Object> both = new LinkedHashMap<>(first);
        second.forEach((name, value) -> {
            Object old = both.getOrDefault(name, "");
            boolean maps = old instanceof Map && value instanceof Map;
            both.put(name, maps ? merged(of(old).fields, of(value).fields) : value);
        });
        return both;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(Object::toString);
    }

    String need(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("a story without " + name + ": " + fields));
    }

    Node map(String name) {
        Object value = fields.get(name);
        return value == null ? new Node(Map.of()) : of(value);
    }

    List<String> list(String name) {
        Object value = fields.get(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> values) {
            values.forEach(each -> texts.add(String.valueOf(each)));
        } else if (value != null) {
            texts.add(value.toString());
        }
        return texts;
    }

    long instant(String name) {
        Object value = fields.get(name);
        if (value instanceof Date date) {
            return date.toInstant().toEpochMilli();
        }
        String text = need(name);
        return Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text).toEpochMilli();
    }
}
