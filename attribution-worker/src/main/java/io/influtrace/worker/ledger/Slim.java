package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** Arrays by position in which an empty text stands for what is usual there; at the end the usual is left out. */
final class Slim {

    private static final String USUAL = "";

    private final ArrayNode array = JsonNodeFactory.instance.arrayNode();

    Slim add(String text) {
        array.add(text);
        return this;
    }

    Slim add(long number) {
        array.add(number);
        return this;
    }

    Slim add(JsonNode node) {
        array.add(node);
        return this;
    }

    /** A number, unless it is the usual one. */
    Slim unless(long usual, long number) {
        return number == usual ? add(USUAL) : add(number);
    }

    /** A text that is never empty, unless it is the usual one. */
    Slim unless(String usual, String text) {
        return text.equals(usual) ? add(USUAL) : add(text);
    }

    /** The array without the usual at its end. */
    ArrayNode trimmed() {
        while (!array.isEmpty() && usual(array.get(array.size() - 1))) {
            array.remove(array.size() - 1);
        }
        return array;
    }

    static boolean usual(JsonNode node) {
        return node.isMissingNode() || (node.isTextual() && node.textValue().isEmpty());
    }

    static long number(JsonNode node, long usual) {
        return usual(node) ? usual : node.asLong();
    }

    static String text(JsonNode node, String usual) {
        return usual(node) ? usual : node.asText();
    }

    static Optional<String> text(JsonNode node) {
        return usual(node) ? Optional.empty() : Optional.of(node.asText());
    }
}
