package io.influtrace.protocol.settings;

import io.influtrace.protocol.redis.Partitions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Base64;

/**
 * What the text of a variable may be that edge and worker both read; each refuses any other by an
 * {@link IllegalArgumentException} that says what it must be, for {@link Settings#value}.
 */
public final class SettingText {

    private static final int KEY_BYTES = 32;
    private static final int MOST_PARTITIONS = 256;

    private SettingText() {}

    /** An ISO-8601 duration within these bounds, themselves included. */
    public static Duration within(String text, Duration least, Duration most) {
        Duration duration;
        try {
            duration = Duration.parse(text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("must be an ISO-8601 duration such as PT10S", unreadable);
        }
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException("must be within " + least + " and " + most);
        }
        return duration;
    }

    /** A deployment's number of partitions, 1 to 256. */
    public static Partitions partitions(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST_PARTITIONS) {
            throw new IllegalArgumentException("must be a whole number within 1 and " + MOST_PARTITIONS);
        }
        return new Partitions(Integer.parseInt(text));
    }

    /** A key of 32 bytes, base64url, as it was given. */
    public static String key(String text) {
        byte[] key;
        try {
            key = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("must be base64url", notBase64);
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("must be " + KEY_BYTES + " bytes, is " + key.length);
        }
        return text;
    }

    /** A path of this machine. */
    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException bad) {
            throw new IllegalArgumentException("must be a path", bad);
        }
    }
}
