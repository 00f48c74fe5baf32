package io.influtrace.worker.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** Fields of a stored JSON object: absent ones are not written, and what is missing or of another type is named. */
final class JsonFields {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode node;

    private JsonFields(ObjectNode node) {
        this.node = node;
    }

    static JsonFields empty() {
        return new JsonFields(JsonNodeFactory.instance.objectNode());
    }

    static JsonFields of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new JsonFields(object);
        }
        throw new IllegalArgumentException("a stored value is no JSON object");
    }

    static JsonFields parse(String text) {
        try {
            return of(MAPPER.readTree(text));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("a stored value is no JSON", unreadable);
        }
    }

    ObjectNode node() {
        return node;
    }

    String write() {
        return node.toString();
    }

    JsonFields with(String name, String value) {
        node.put(name, value);
        return this;
    }

    JsonFields with(String name, long value) {
        node.put(name, value);
        return this;
    }

    JsonFields with(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    JsonFields with(String name, Optional<String> value) {
        value.ifPresent(text -> node.put(name, text));
        return this;
    }

    JsonFields with(String name, OptionalLong value) {
        value.ifPresent(number -> node.put(name, number));
        return this;
    }

    JsonFields with(String name, List<String> values) {
        values.forEach(node.withArray(name)::add);
        return this;
    }

    JsonFields with(String name, Map<String, String> values) {
        ObjectNode inner = node.putObject(name);
        new TreeMap<>(values).forEach(inner::put);
        return this;
    }

    JsonFields with(String name, JsonNode value) {
        node.set(name, value);
        return this;
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("a stored value lacks " + name));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::textValue);
    }

    long number(String name) {
        return optionalNumber(name)
                .orElseThrow(() -> new IllegalArgumentException("a stored value lacks the number " + name));
    }

    OptionalLong optionalNumber(String name) {
        JsonNode value = node.get(name);
        return value != null && value.canConvertToLong() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    boolean flag(String name) {
        return node.path(name).booleanValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        node.path(name).forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    <T> Map<String, T> map(String name, Function<JsonNode, T> read) {
        Map<String, T> map = new LinkedHashMap<>();
        node.path(name).properties().forEach(entry -> map.put(entry.getKey(), read.apply(entry.getValue())));
        return map;
    }

    JsonNode inner(String name) {
        return node.path(name);
    }
}
