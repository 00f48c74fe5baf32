package io.influtrace.protocol.click;

import java.util.Locale;

/** What kind of request a click was; only {@link #HUMAN} ever earns credit. */
public enum ClickClass {
    HUMAN(0),
    REPEAT(1),
    BOT(2),
    PREVIEW(3),
    PREFETCH(4),
    HEAD(5);

    private static final ClickClass[] BY_CODE = values();

    private final int code;
    private final String word = name().toLowerCase(Locale.ROOT);

    ClickClass(int code) {
        this.code = code;
    }

    /** The four-bit number of the class in tokens, rows and counters. */
    public int code() {
        return code;
    }

    /** The lower-case word of API, metrics and logs. */
    public String word() {
        return word;
    }

    /** The class of a number read from a token or a row; anything unknown is an {@link IllegalArgumentException}. */
    public static ClickClass ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown click class " + code);
        }
        return BY_CODE[code];
    }

    /** The class of its lower-case word; anything unknown is an {@link IllegalArgumentException}. */
    public static ClickClass ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
