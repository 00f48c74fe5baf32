package io.influtrace.edge;

import io.influtrace.protocol.redis.Partitions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;

/** What the text of each of the edge's own variables may be; each refuses any other with what it must be. */
final class SettingText {

    private static final int KEY_BYTES = 32;
    private static final List<String> DURABILITIES = List.of("os", "fsync", "replica");
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_LEAD = Duration.ofMinutes(5);

    private SettingText() {}

    static Duration positive(String text) {
        Duration duration = duration(text, "PT2S");
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be within PT0.01S and PT1H");
        }
        return duration;
    }

    static Duration lead(String text) {
        Duration duration = duration(text, "PT1S");
        if (duration.isNegative() || duration.compareTo(LONGEST_LEAD) > 0) {
            throw new IllegalArgumentException("must be within PT0S and PT5M");
        }
        return duration;
    }

    private static Duration duration(String text, String example) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException("must be an ISO-8601 duration such as " + example, unreadable);
        }
    }

    static String durability(String text) {
        if (!text.isEmpty() && !DURABILITIES.contains(text)) {
            throw new IllegalArgumentException("must be os, fsync or replica");
        }
        return text;
    }

    static long loops(String text) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("must be a whole number within 1 and 999");
        }
        return Long.parseLong(text);
    }

    static Partitions partitions(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("must be a whole number within 1 and 256");
        }
        return new Partitions(Integer.parseInt(text));
    }

    static String key(String text) {
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

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException bad) {
            throw new IllegalArgumentException("must be a path", bad);
        }
    }

    static String scheme(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return scheme;
            }
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException("must be an http or https URL", unreadable);
        }
        throw new IllegalArgumentException("must be an http or https URL");
    }

    static String pixelPath(String text) {
        if (!text.matches("/[A-Za-z0-9._~/-]{1,127}") || text.startsWith("/p/") || text.startsWith("/api/")) {
            throw new IllegalArgumentException("must be a plain path, not below /p/ or /api/");
        }
        return text;
    }
}
