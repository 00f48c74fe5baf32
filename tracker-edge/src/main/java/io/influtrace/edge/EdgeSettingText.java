package io.influtrace.edge;

import io.influtrace.protocol.settings.SettingText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/** What the text of a variable of the edge alone may be; each refuses any other with what it must be. */
final class EdgeSettingText {

    private static final List<String> DURABILITIES = List.of("os", "fsync", "replica");
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_LEAD = Duration.ofMinutes(5);

    private EdgeSettingText() {}

    static Duration positive(String text) {
        return SettingText.within(text, SHORTEST, LONGEST);
    }

    static Duration lead(String text) {
        return SettingText.within(text, Duration.ZERO, LONGEST_LEAD);
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
