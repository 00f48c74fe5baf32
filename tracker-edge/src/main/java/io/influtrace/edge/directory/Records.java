package io.influtrace.edge.directory;

import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.Change.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The tables as they lie in Redis: key to record, for each kind. Safe for any thread. */
record Records(Map<Kind, Map<String, String>> byKind) {

    static Records empty() {
        Map<Kind, Map<String, String>> byKind = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            byKind.put(kind, new ConcurrentHashMap<>());
        }
        return new Records(byKind);
    }

    void put(Kind kind, String key, String record) {
        table(kind).put(key, record);
    }

    void apply(Change change) {
        change.record()
                .ifPresentOrElse(
                        record -> put(change.kind(), change.key(), record),
                        () -> table(change.kind()).remove(change.key()));
    }

    Map<String, String> table(Kind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    /** Every record as the change that brings it. */
    Stream<Change> changes() {
        return Stream.of(Kind.values())
                .flatMap(kind -> table(kind).entrySet().stream()
                        .map(entry -> new Change(kind, entry.getKey(), Optional.of(entry.getValue()))));
    }
}
