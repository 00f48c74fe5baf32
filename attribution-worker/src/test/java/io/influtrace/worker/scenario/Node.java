package io.influtrace.worker.scenario;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map of a story that complains of every name that nobody knows, with the place where it stands. */
final class Node {

    private static final String DAY = "2026-03-01";
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    private final String place;
    private final Map<String, Object> fields;

    private Node(String place, Map<String, Object> fields) {
        this.place = place;
        this.fields = fields;
    }

    static Node of(String place, @Nullable Object value) {
        if (value == null) {
            return new Node(place, Map.of());
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new StoryError(place + " is no map: " + value);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, each) -> fields.put(String.valueOf(name), each));
        return new Node(place, fields);
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

    /** The same without a name. */
    Node without(String name) {
        Map<String, Object> rest = new LinkedHashMap<>(fields);
        rest.remove(name);
        return new Node(place, rest);
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
        try {
            return text(name).map(text -> new BigDecimal(text.strip().replace("_", "")));
        } catch (NumberFormatException unreadable) {
            throw new StoryError(place + "." + name + " is no number: " + need(name));
        }
    }

    Optional<Long> instant(String name) {
        return instant(name, 0);
    }

    /** The same for an end: a day alone means that the whole of it still counts. */
    Optional<Long> end(String name) {
        return instant(name, 1);
    }

    private Optional<Long> instant(String name, int days) {
        return Optional.ofNullable(fields.get(name))
                .map(value -> value instanceof Date date ? date.toInstant() : instant(name, value.toString(), days))
                .map(Instant::toEpochMilli);
    }

    /** A day, or an instant with {@code T} or a blank in its middle; one that names no zone is in UTC, as in YAML. */
    private Instant instant(String name, String text, int days) {
        try {
            if (text.length() == DAY.length()) {
                return LocalDate.parse(text)
                        .plusDays(days)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            String spelt = text.strip().toUpperCase(Locale.ROOT).replaceFirst("^(\\S{10})\\s+", "$1T");
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    spelt.replace(" ", ""), OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            throw new StoryError(place + "." + name + " is no instant: " + text);
        }
    }

    /** True where it says so in any of YAML's words for it. */
    boolean flag(String name) {
        return text(name)
                .filter(word -> TRUE.contains(word.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** A list, or one value as a list of one. */
    List<String> list(String name) {
        Object value = fields.get(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> values) {
            values.stream().filter(Objects::nonNull).forEach(each -> texts.add(each.toString()));
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
