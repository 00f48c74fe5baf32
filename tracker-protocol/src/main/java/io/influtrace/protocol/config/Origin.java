package io.influtrace.protocol.config;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A web origin in its one normal form: lower case, punycode, no default port. Only http and https have origins here.
 *
 * @param text such as {@code https://shop.example.com} or {@code http://localhost:8082}
 */
public record Origin(String text) {

    private static final int MAX_LENGTH = 300;
    private static final int MAX_PORT = 65_535;

    /** Reads the value of an Origin header or a setting; empty where it is none, as {@code null} is none. */
    public static Optional<Origin> parse(String spelling) {
        if (spelling.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String lower = spelling.toLowerCase(Locale.ROOT);
            int scheme = lower.indexOf("://");
            if (scheme < 0) {
                return Optional.empty();
            }
            URI uri = new URI(lower.substring(0, scheme + 3) + ascii(lower.substring(scheme + 3)));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            // Of an opaque one, such as x:https://shop.example, the path is null.
            boolean bare = !uri.isOpaque()
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (!web || !bare || uri.getHost() == null || uri.getHost().endsWith(".") || uri.getPort() > MAX_PORT) {
                return Optional.empty();
            }
            int standard = "http".equals(uri.getScheme()) ? 80 : 443;
            String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
            // Its one spelling may be longer than what came, and must be readable in its turn.
            return Optional.of(new Origin(uri.getScheme() + "://" + uri.getHost() + port))
                    .filter(origin -> origin.text.length() <= MAX_LENGTH);
        } catch (URISyntaxException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static String ascii(String authority) {
        return authority.chars().allMatch(c -> c < 0x80) ? authority : IDN.toASCII(authority);
    }

    @Override
    public String toString() {
        return text;
    }
}
