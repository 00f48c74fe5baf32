package io.influtrace.edge.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.influtrace.edge.http.Bodies;
import java.io.IOException;

/** Reads bytes as one JSON object, within bounds of depth, names, texts and numbers. */
final class BoundedJson {

    private static final int MAX_NESTING = 8;
    private static final int MAX_TEXT = 16_384;

    /** What the platforms send goes ten deep; a hundred times that is nobody's order. */
    private static final int MAX_SIGNED_NESTING = 64;

    private static final ObjectMapper STRICT = mapper(MAX_NESTING, MAX_TEXT, true);
    private static final ObjectMapper SIGNED = mapper(MAX_SIGNED_NESTING, Bodies.MAX_SIGNED_BYTES, false);

    private BoundedJson() {}

    private static ObjectMapper mapper(int nesting, int text, boolean strict) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(nesting)
                                .maxStringLength(text)
                                .maxNameLength(256)
                                .maxNumberLength(64)
                                .build())
                        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Without a repeated key. */
    static JsonNode strict(byte[] bytes) throws Invalid {
        return read(STRICT, bytes, "one JSON object in UTF-8 without repeated keys");
    }

    /** Larger, deeper, and not refused for a form that changes nothing. */
    static JsonNode signed(byte[] bytes) throws Invalid {
        return read(SIGNED, bytes, "one JSON object in UTF-8");
    }

    private static JsonNode read(ObjectMapper reader, byte[] bytes, String expected) throws Invalid {
        JsonNode json;
        try {
            json = reader.readTree(bytes);
        } catch (IOException | NumberFormatException unreadable) {
            // The second is what Jackson lets out for an exponent beyond all bounds.
            throw new Invalid("", expected, "unreadable JSON");
        }
        if (json == null || !json.isObject()) {
            throw new Invalid("", "one JSON object", json == null ? "nothing" : JsonText.kind(json));
        }
        return json;
    }
}
