package io.influtrace.edge.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.influtrace.protocol.money.Money;
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

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");

    /** Reads a body that must be one JSON object without a repeated key. */
    public static Body parse(byte[] bytes) throws Invalid {
        return new Body(BoundedJson.strict(bytes), "");
    }

    /** Reads what somebody signed: larger, deeper, and not refused for a form that changes nothing. */
    public static Body parseSigned(byte[] bytes) throws Invalid {
        return new Body(BoundedJson.signed(bytes), "");
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
        return node == null ? Optional.empty() : JsonText.text(node, prefix + name, most);
    }

    /** A text or a number as text, cut to so many characters; anything else is not there. */
    public Optional<String> cut(String name, int most) {
        @Nullable JsonNode node = node(name);
        if (node == null || !(node.isTextual() || node.isNumber())) {
            return Optional.empty();
        }
        String text = JsonText.stripped(node.asText());
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
            throw new Invalid(prefix + name, "a time as RFC 3339 writes it", JsonText.cut(text.get()));
        }
    }

    /** An identifier: a text or a whole number, 1 to so many characters, kept as it is or refused. */
    public String id(String name, int most) throws Invalid {
        return JsonText.id(node(name), prefix + name, most);
    }

    public Currency currency(String name) throws Invalid {
        Optional<String> code = text(name, 8);
        return code.flatMap(Money::currency)
                .orElseThrow(
                        () -> new Invalid(prefix + name, "an ISO 4217 code", JsonText.cut(code.orElse("nothing"))));
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
        throw new Invalid(prefix + name, "a decimal amount", JsonText.cut(node.asText()));
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
            throw new Invalid(prefix + name, "a whole number", JsonText.cut(node.asText()));
        }
        long number;
        try {
            number = exact.longValueExact();
        } catch (ArithmeticException broken) {
            throw new Invalid(prefix + name, "a whole number", JsonText.cut(node.asText()));
        }
        if (number < least || number > most) {
            throw new Invalid(prefix + name, "within " + least + " and " + most, Long.toString(number));
        }
        return number;
    }

    public boolean flag(String name) throws Invalid {
        @Nullable JsonNode node = node(name);
        if (node != null && !node.isBoolean()) {
            throw new Invalid(prefix + name, "true or false", JsonText.kind(node));
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
            JsonText.text(node, prefix + name, mostCharacters).ifPresent(texts::add);
            return texts;
        }
        bounded(name, node, most);
        for (int i = 0; i < node.size(); i++) {
            JsonText.text(node.get(i), prefix + name + "[" + i + "]", mostCharacters)
                    .ifPresent(texts::add);
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
            throw new Invalid(prefix + name, "a list", JsonText.kind(node));
        }
        bounded(name, node, most);
        for (int i = 0; i < node.size(); i++) {
            String path = prefix + name + "[" + i + "]";
            if (!node.get(i).isObject()) {
                throw new Invalid(path, "an object", JsonText.kind(node.get(i)));
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
}
