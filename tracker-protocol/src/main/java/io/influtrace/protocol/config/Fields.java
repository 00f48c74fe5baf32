package io.influtrace.protocol.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** The fields of a written record, read with their names in every complaint. */
record Fields(Map<String, String> fields) {

    static Fields of(String text) {
        return new Fields(FieldText.read(text));
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("record without " + name));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException("record with an unreadable " + name, bad);
        }
    }

    OptionalLong instant(String name) {
        return optional(name).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
    }

    List<String> words(String name) {
        return optional(name).map(text -> List.of(text.split(" "))).orElse(List.of());
    }

    void each(String prefix, BiConsumer<String, String> entry) {
        fields.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                entry.accept(name.substring(prefix.length()), value);
            }
        });
    }
}
