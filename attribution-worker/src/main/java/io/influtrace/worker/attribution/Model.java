package io.influtrace.worker.attribution;

import java.util.Locale;

/** How an order's credit is divided among the touches that deserve it. */
public enum Model {
    LAST_CLICK,
    FIRST_CLICK,
    LINEAR,
    TIME_DECAY,
    POSITION_BASED;

    /** True where several touches share, so that a newer click supersedes nothing. */
    public boolean shared() {
        return this != LAST_CLICK && this != FIRST_CLICK;
    }

    /** The word of API and records, such as {@code last_click}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model of its word; anything unknown is an {@link IllegalArgumentException}. */
    public static Model ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
