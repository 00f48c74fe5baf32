package io.influtrace.protocol.config;

import java.util.Locale;

/** What becomes of the visitor's own query: dropped, filled in where the destination lacks it, or put in its place. */
public enum PassQuery {
    NONE,
    FILL,
    OVERRIDE;

    /** The lower-case word of API and records. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of its word; anything unknown is an {@link IllegalArgumentException}. */
    public static PassQuery ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
