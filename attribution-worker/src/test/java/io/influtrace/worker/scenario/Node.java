package io.influtrace.worker.scenario;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map of a story that complains of every name that nobody knows, with the place where it stands. */
final class Node {

    private final String place;
    private final Map<String, Object> fields;

    private Node(String place, Map<String, Object> fields) {
        this.place = place;
        this.fields = fields;
    }

    @SuppressWarnings("unchecked")
    static Node of(String place, @Nullable Object value) {
        if (value == null) {
            return new Node(place, Map.of());
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new StoryError(place + " is no map: " + value);
        }
        return new Node(place, (Map<String, Object>) map);
    }

    /** The second laid over the first; maps are merged by key, deep. */
    static Map<String, Object> merged(Map<String, Object> under, Map<String, Object> over) {
        Map<String, Object> both = new LinkedHashMap<>(under);
        over.forEach((name, value) -> {
            Object old = both.getOrDefault(name, "");
            boolean maps = old instanceof Map && value instanceof Map;
            both.put(name, maps ? merged(of(name, old).fields, of(name, value).fields) : value);
        });
        return both;
    }

    Node knowing(String... names) {
        Set<String> unknown = new LinkedHashSet<>(fields.keySet());
        List.of(names).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new StoryError(place + " names what the runner does not know: " + unknown);
        }
        return this;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    Map<String, Object> fields() {
        return fields;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    boolean isNull(String name) {
        return fields.containsKey(name) && fields.get(name) == null;
    }

    Node map(String name) {
        return of(place + "." + name, fields.get(name));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(Object::toString);
    }

    String need(String name) {
        return text(name).orElseThrow(() -> new StoryError(place + " lacks " + name));
    }

    Optional<BigDecimal> number(String name) {
        return text(name).map(BigDecimal::new);
    }

    Optional<Long> instant(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                value instanceof Date date
                        ? date.toInstant().toEpochMilli()
                        : Instant.parse(value.toString()).toEpochMilli());
    }

    /** A list, or one value as a list of one. */
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

    List<Node> nodes(String name) {
        List<Node> nodes = new ArrayList<>();
        if (fields.get(name) instanceof List<?> values) {
            for (int i = 0; i < values.size(); i++) {
                nodes.add(of(place + "." + name + "[" + i + "]", values.get(i)));
            }
        }
        return nodes;
    }

    @Override
    public String toString() {
        return place;
    }
}
