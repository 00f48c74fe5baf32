package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A request's JSON object, read field by field; the first field at fault is a {@link Refusal} that names it.
 *
 * @param prefix what leads to this object in field names: empty, or {@code commission.}
 */
record Body(JsonObject json, String prefix) {

    /** Characters of the longest address. */
    private static final int MAX_URL = 2_048;

    private static final int MAX_DIGITS = 40;

    static Body of(JsonObject json) {
        return new Body(json, "");
    }

    /** Refuses fields that mean nothing, so that a misspelt one is not dropped in silence. */
    void only(Set<String> known) {
        for (String name : json.fieldNames()) {
            if (!known.contains(name)) {
                throw invalid(
                        name,
                        "is not known; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    Refusal invalid(String name, String detail) {
        return Problem.invalid(prefix + name, detail).refusal();
    }

    boolean has(String name) {
        return json.getValue(name) != null;
    }

    String text(String name, int most) {
        return optional(name, most).orElseThrow(() -> invalid(name, "is missing"));
    }

    Optional<String> optional(String name, int most) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw invalid(name, "must be a text");
        }
        return Optional.of(checked(name, text, most));
    }

    private String checked(String name, String text, int most) {
        String kept = text.strip();
        if (kept.isEmpty() || kept.length() > most) {
            throw invalid(name, "must be 1 to " + most + " characters long");
        }
        if (kept.codePoints().anyMatch(Character::isISOControl)) {
            throw invalid(name, "must not hold control characters");
        }
        return kept;
    }

    String matching(String name, Pattern pattern, String words) {
        String text = text(name, 256);
        if (!pattern.matcher(text).matches()) {
            throw invalid(name, words);
        }
        return text;
    }

    <T> T word(String name, String defaultWord, Map<String, T> words) {
        String word = optional(name, 64).orElse(defaultWord);
        T value = words.get(word);
        if (value == null) {
            throw invalid(name, "must be one of " + String.join(", ", words.keySet()));
        }
        return value;
    }

    /** An absolute http or https address in ASCII, without user and password. */
    Optional<String> url(String name) {
        return optional(name, MAX_URL).map(text -> {
            try {
                URI uri = new URI(text);
                String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
                boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
                if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                    return uri.toASCIIString();
                }
            } catch (URISyntaxException unreadable) {
                // Refused below, with all the others.
            }
            throw invalid(name, "must be an absolute http or https address");
        });
    }

    long number(String name, long least, long most) {
        return optionalNumber(name, least, most).orElseThrow(() -> invalid(name, "is missing"));
    }

    OptionalLong optionalNumber(String name, long least, long most) {
        Object value = json.getValue(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        if (!whole || ((Number) value).longValue() < least || ((Number) value).longValue() > most) {
            throw invalid(name, "must be a whole number within " + least + " and " + most);
        }
        return OptionalLong.of(((Number) value).longValue());
    }

    /** A decimal number or the text of one. */
    BigDecimal decimal(String name) {
        Object value = json.getValue(name);
        if (!(value instanceof Number || value instanceof String)
                || value.toString().length() > MAX_DIGITS) {
            throw invalid(name, "must be a decimal number or the text of one");
        }
        try {
            return new BigDecimal(value.toString());
        } catch (NumberFormatException unreadable) {
            throw invalid(name, "must be a decimal number or the text of one");
        }
    }

    boolean flag(String name) {
        Object value = json.getValue(name);
        if (value != null && !(value instanceof Boolean)) {
            throw invalid(name, "must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** Milliseconds of an RFC 3339 instant or a date; a date means its first moment in UTC. */
    OptionalLong from(String name) {
        return instant(name, Times::from);
    }

    /** The same for an end: a date means that the whole day still counts. */
    OptionalLong until(String name) {
        return instant(name, Times::until);
    }

    private OptionalLong instant(String name, BiFunction<String, Refusal, Long> read) {
        return optional(name, 64)
                .map(text -> OptionalLong.of(
                        read.apply(text, invalid(name, "must be a date or an instant such as 2026-03-01T00:00:00Z"))))
                .orElse(OptionalLong.empty());
    }

    List<String> texts(String name, int most) {
        Object value = json.getValue(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || array.size() > most) {
            throw invalid(name, "must be a list of at most " + most);
        }
        List<String> texts = new ArrayList<>();
        for (Object element : array) {
            if (!(element instanceof String text)) {
                throw invalid(name, "must be a list of texts");
            }
            texts.add(checked(name, text, 256));
        }
        return texts.stream().distinct().toList();
    }

    Optional<Body> inner(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject object)) {
            throw invalid(name, "must be an object");
        }
        return Optional.of(new Body(object, prefix + name + "."));
    }

    /** Parameters such as {@code utm_source} and their values. */
    Map<String, String> parameters(String name, Pattern names, int most) {
        Map<String, String> parameters = new LinkedHashMap<>();
        inner(name).ifPresent(inner -> {
            for (String key : inner.json.fieldNames()) {
                if (!names.matcher(key).matches() || parameters.size() == most) {
                    throw inner.invalid(key, "is no parameter that can be added here");
                }
                parameters.put(key, inner.text(key, 256));
            }
        });
        return parameters;
    }
}
