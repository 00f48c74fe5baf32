package io.influtrace.edge.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.influtrace.edge.http.Bodies;
import io.influtrace.protocol.money.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON object whose fields are read with their names in every complaint; a field that is null counts as absent. */
public record Body(JsonNode json, String prefix) {

    private static final int MAX_NESTING = 8;
    private static final int MAX_TEXT = 16_384;

    /** What the platforms send goes ten deep; a hundred times that is nobody's order. */
    private static final int MAX_SIGNED_NESTING = 64;

    private static final int MAX_SHOWN = 40;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
    private static final ObjectMapper JSON = mapper(MAX_NESTING, MAX_TEXT, true);
    private static final ObjectMapper SIGNED = mapper(MAX_SIGNED_NESTING, Bodies.MAX_SIGNED_BYTES, false);

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

    /** Reads a body that must be one JSON object without a repeated key. */
    public static Body parse(byte[] bytes) throws Invalid {
        return parse(JSON, bytes, "one JSON object in UTF-8 without repeated keys");
    }

    /** Reads what somebody signed: larger, deeper, and not refused for a form that changes nothing. */
    public static Body parseSigned(byte[] bytes) throws Invalid {
        return parse(SIGNED, bytes, "one JSON object in UTF-8");
    }

    private static Body parse(ObjectMapper reader, byte[] bytes, String expected) throws Invalid {
        JsonNode json;
        try {
            json = reader.readTree(bytes);
        } catch (IOException | NumberFormatException unreadable) {
            // The second is what Jackson lets out for an exponent beyond all bounds.
            throw new Invalid("", expected, "unreadable JSON");
        }
        if (json == null || !json.isObject()) {
            throw new Invalid("", "one JSON object", json == null ? "nothing" : kind(json));
        }
        return new Body(json, "");
    }

    private @Nullable JsonNode node(String name) {
        @Nullable JsonNode node = json.get(name);
        return node == null || node.isNull() ? null : node;
    }

    public boolean has(String name) {
        return node(name) != null;
    }

    /** A text without control characters at its ends or within, of at most so many characters; empty counts as absent. */
    public Optional<String> text(String name, int most) throws Invalid {
        @Nullable JsonNode node = node(name);
        return node == null ? Optional.empty() : textOf(node, prefix + name, most);
    }

    private static Optional<String> textOf(JsonNode node, String path, int most) throws Invalid {
        if (!node.isTextual()) {
            throw new Invalid(path, "a text", kind(node));
        }
        String text = stripped(node.textValue());
        if (text.length() > most) {
            throw new Invalid(path, "at most " + most + " characters", text.length() + " characters");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** A text or a number as text, cut to so many characters; anything else is not there. */
    public Optional<String> cut(String name, int most) {
        @Nullable JsonNode node = node(name);
        if (node == null || !(node.isTextual() || node.isNumber())) {
            return Optional.empty();
        }
        String text = stripped(node.asText());
        return Optional.of(text.length() > most ? text.substring(0, most) : text)
                .filter(kept -> !kept.isEmpty());
    }

    /** A number, or a text that reads as one; anything else is not there. */
    public Optional<BigDecimal> decimal(String name) {
        @Nullable JsonNode node = node(name);
        if (node == null) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        return Optional.of(node.asText().strip())
                .filter(text -> DECIMAL.matcher(text).matches())
                .map(BigDecimal::new);
    }

    /** A time as RFC 3339 writes it, milliseconds; {@code zone} is put behind one that bears none. */
    public OptionalLong time(String name, String zone) throws Invalid {
        Optional<String> text = text(name, 64);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    OffsetDateTime.parse(text.get() + zone).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new Invalid(prefix + name, "a time as RFC 3339 writes it", shown(text.get()));
        }
    }

    /** An identifier: a text or a whole number, 1 to so many characters, kept as it is or refused. */
    public String id(String name, int most) throws Invalid {
        String expected = "1 to " + most + " characters";
        @Nullable JsonNode node = node(name);
        if (node == null || !(node.isTextual() || node.isIntegralNumber())) {
            throw new Invalid(prefix + name, expected, node == null ? "nothing" : kind(node));
        }
        String id = node.asText().strip();
        if (id.isEmpty() || id.length() > most) {
            throw new Invalid(prefix + name, expected, id.length() + " characters");
        }
        if (id.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new Invalid(prefix + name, "characters that can be written", "a control character");
        }
        return id;
    }

    public Currency currency(String name) throws Invalid {
        Optional<String> code = text(name, 8);
        return code.flatMap(Money::currency)
                .orElseThrow(() -> new Invalid(prefix + name, "an ISO 4217 code", shown(code.orElse("nothing"))));
    }

    public long amount(String name, Currency currency) throws Invalid {
        OptionalLong amount = optionalAmount(name, currency);
        if (amount.isEmpty()) {
            throw new Invalid(prefix + name, "an amount", "nothing");
        }
        return amount.getAsLong();
    }

    /** A decimal number, or a text that reads as one, in minor units. */
    public OptionalLong optionalAmount(String name, Currency currency) throws Invalid {
        Optional<BigDecimal> amount = number(name);
        return amount.isPresent() ? OptionalLong.of(minor(name, amount.get(), currency)) : OptionalLong.empty();
    }

    /** The same without its sign. */
    public OptionalLong magnitude(String name, Currency currency) throws Invalid {
        Optional<BigDecimal> amount = number(name);
        return amount.isPresent() ? OptionalLong.of(minor(name, amount.get().abs(), currency)) : OptionalLong.empty();
    }

    /** A whole number of the smallest units that a payment provider reckons in, of so many to the currency's unit. */
    public long units(String name, int digits, Currency currency) throws Invalid {
        long units = whole(name, -1, 0, Money.MAX_MINOR);
        if (units < 0) {
            throw new Invalid(prefix + name, "an amount", "nothing");
        }
        return minor(name, BigDecimal.valueOf(units, digits), currency);
    }

    private Optional<BigDecimal> number(String name) throws Invalid {
        @Nullable JsonNode node = node(name);
        if (node == null) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        if (node.isTextual() && DECIMAL.matcher(node.textValue().strip()).matches()) {
            return Optional.of(new BigDecimal(node.textValue().strip()));
        }
        throw new Invalid(prefix + name, "a decimal amount", shown(node.asText()));
    }

    private long minor(String name, BigDecimal amount, Currency currency) throws Invalid {
        try {
            return Money.minor(amount, currency);
        } catch (Money.Refused refused) {
            throw new Invalid(
                    prefix + name,
                    "an amount of " + currency + " that is not negative",
                    String.valueOf(refused.getMessage()));
        }
    }

    /** A whole number, or a text that reads as one: the pixel writes texts, and so do many shops. */
    public long whole(String name, long defaultNumber, long least, long most) throws Invalid {
        @Nullable JsonNode node = node(name);
        if (node == null) {
            return defaultNumber;
        }
        BigDecimal exact;
        if (node.isNumber()) {
            exact = node.decimalValue();
        } else if (node.isTextual() && DECIMAL.matcher(node.textValue().strip()).matches()) {
            exact = new BigDecimal(node.textValue().strip());
        } else {
            throw new Invalid(prefix + name, "a whole number", shown(node.asText()));
        }
        long number;
        try {
            number = exact.longValueExact();
        } catch (ArithmeticException broken) {
            throw new Invalid(prefix + name, "a whole number", shown(node.asText()));
        }
        if (number < least || number > most) {
            throw new Invalid(prefix + name, "within " + least + " and " + most, Long.toString(number));
        }
        return number;
    }

    public boolean flag(String name) throws Invalid {
        @Nullable JsonNode node = node(name);
        if (node != null && !node.isBoolean()) {
            throw new Invalid(prefix + name, "true or false", kind(node));
        }
        return node != null && node.booleanValue();
    }

    /** A text, or a list of at most so many; those that are empty are left out. */
    public List<String> texts(String name, int most, int mostCharacters) throws Invalid {
        @Nullable JsonNode node = node(name);
        List<String> texts = new ArrayList<>();
        if (node == null) {
            return texts;
        }
        if (!node.isArray()) {
            textOf(node, prefix + name, mostCharacters).ifPresent(texts::add);
            return texts;
        }
        bounded(name, node, most);
        for (int i = 0; i < node.size(); i++) {
            textOf(node.get(i), prefix + name + "[" + i + "]", mostCharacters).ifPresent(texts::add);
        }
        return texts;
    }

    /** A list of at most so many objects. */
    public List<Body> objects(String name, int most) throws Invalid {
        @Nullable JsonNode node = node(name);
        List<Body> objects = new ArrayList<>();
        if (node == null) {
            return objects;
        }
        if (!node.isArray()) {
            throw new Invalid(prefix + name, "a list", kind(node));
        }
        bounded(name, node, most);
        for (int i = 0; i < node.size(); i++) {
            String path = prefix + name + "[" + i + "]";
            if (!node.get(i).isObject()) {
                throw new Invalid(path, "an object", kind(node.get(i)));
            }
            objects.add(new Body(node.get(i), path + "."));
        }
        return objects;
    }

    /** The first so many objects of a list; whatever else stands there is passed over. */
    public List<Body> some(String name, int most) {
        @Nullable JsonNode node = node(name);
        List<Body> objects = new ArrayList<>();
        for (int i = 0; node != null && node.isArray() && i < node.size() && objects.size() < most; i++) {
            if (node.get(i).isObject()) {
                objects.add(new Body(node.get(i), prefix + name + "[" + i + "]."));
            }
        }
        return objects;
    }

    /** An object within this one, where the field holds one; anything else is not there. */
    public Optional<Body> object(String name) {
        @Nullable JsonNode node = node(name);
        return node == null || !node.isObject() ? Optional.empty() : Optional.of(new Body(node, prefix + name + "."));
    }

    private void bounded(String name, JsonNode list, int most) throws Invalid {
        if (list.size() > most) {
            throw new Invalid(prefix + name, "a list of at most " + most, list.size() + " entries");
        }
    }

    private static String stripped(String text) {
        boolean clean = text.codePoints().noneMatch(Character::isISOControl);
        return (clean ? text : text.replaceAll("\\p{Cntrl}", " ").replaceAll("[\u0080-\u009f]", " ")).strip();
    }

    private static String kind(JsonNode node) {
        return "a " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    // What came is repeated to its own sender alone, but cut: it may be anything.
    private static String shown(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }
}
