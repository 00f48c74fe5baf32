package io.influtrace.edge.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a field: as it is kept, and as a complaint repeats it. */
final class JsonText {

    private static final int MAX_SHOWN = 40;

    private JsonText() {}

    /** A node's text without control characters, of at most so many characters; empty counts as absent. */
    static Optional<String> text(JsonNode node, String path, int most) throws Invalid {
        if (!node.isTextual()) {
            throw new Invalid(path, "a text", kind(node));
        }
        String text = stripped(node.textValue());
        if (text.length() > most) {
            throw new Invalid(path, "at most " + most + " characters", text.length() + " characters");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** A text or a whole number, 1 to so many characters, as it is. */
    static String id(@Nullable JsonNode node, String path, int most) throws Invalid {
        String expected = "1 to " + most + " characters";
        if (node == null || !(node.isTextual() || node.isIntegralNumber())) {
            throw new Invalid(path, expected, node == null ? "nothing" : kind(node));
        }
        String id = node.asText().strip();
        if (id.isEmpty() || id.length() > most) {
            throw new Invalid(path, expected, id.length() + " characters");
        }
        if (id.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new Invalid(path, "characters that can be written", "a control character");
        }
        return id;
    }

    /** Without control characters at its ends or within. */
    static String stripped(String text) {
        boolean clean = text.codePoints().noneMatch(Character::isISOControl);
        return (clean ? text : text.replaceAll("\\p{Cntrl}", " ").replaceAll("[\u0080-\u009f]", " ")).strip();
    }

    /** What kind of thing came. */
    static String kind(JsonNode node) {
        return "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** What came is repeated to its own sender alone, but cut: it may be anything. */
    static String cut(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }
}
