package io.influtrace.protocol.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link as an edge needs it: everything resolved, nothing to look up elsewhere but the creator of a handle.
 *
 * @param number stands for this slug in its present campaign; another campaign makes another number
 * @param windowDays the campaign's window
 * @param creator the link's own creator's handle, credited by the path without a handle
 * @param utm the campaign's parameters with the link's own over them, names such as {@code utm_source}
 * @param activeFrom milliseconds, inclusive
 * @param activeUntil milliseconds, exclusive
 * @param integrations ids that the link is enabled for
 */
public record LinkRecord(
        String slug,
        int number,
        int windowDays,
        String destination,
        Optional<String> creator,
        Map<String, String> utm,
        PassQuery passQuery,
        OptionalLong activeFrom,
        OptionalLong activeUntil,
        Optional<String> fallbackUrl,
        List<String> integrations) {

    public LinkRecord {
        utm = Map.copyOf(utm);
        integrations = List.copyOf(integrations);
    }

    /** The record as it lies in Redis. */
    public String write() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("slug", slug);
        fields.put("number", Integer.toString(number));
        fields.put("windowDays", Integer.toString(windowDays));
        fields.put("destination", destination);
        fields.put("creator", creator.orElse(""));
        fields.put("passQuery", passQuery.word());
        fields.put("activeFrom", text(activeFrom));
        fields.put("activeUntil", text(activeUntil));
        fields.put("fallbackUrl", fallbackUrl.orElse(""));
        fields.put("integrations", String.join(" ", integrations));
        utm.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> fields.put("utm." + entry.getKey(), entry.getValue()));
        return FieldText.write(fields);
    }

    /** Reads {@link #write()}; a missing or unreadable field is an {@link IllegalArgumentException}. */
    public static LinkRecord read(String text) {
        Fields fields = Fields.of(text);
        Map<String, String> utm = new LinkedHashMap<>();
        fields.each("utm.", utm::put);
        return new LinkRecord(
                fields.text("slug"),
                fields.number("number"),
                fields.number("windowDays"),
                fields.text("destination"),
                fields.optional("creator"),
                utm,
                PassQuery.ofWord(fields.text("passQuery")),
                fields.instant("activeFrom"),
                fields.instant("activeUntil"),
                fields.optional("fallbackUrl"),
                fields.words("integrations"));
    }

    private static String text(OptionalLong instant) {
        return instant.isPresent() ? Long.toString(instant.getAsLong()) : "";
    }
}
