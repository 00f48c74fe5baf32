package io.influtrace.worker.admin;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A web origin in the normal form in which the edge compares: lower case, punycode, no default port, http or https, any
 * host, no path.
 */
record WebOrigin(String text) {

    private static final int MAX_LENGTH = 300;

    static Optional<WebOrigin> parse(String spelling) {
        String lower = spelling.toLowerCase(Locale.ROOT);
        int scheme = lower.indexOf("://");
        if (scheme < 0 || spelling.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String authority = lower.substring(scheme + 3);
            boolean ascii = authority.chars().allMatch(c -> c < 0x80);
            URI uri = new URI(lower.substring(0, scheme + 3) + (ascii ? authority : IDN.toASCII(authority)));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (!web || !bare || uri.getHost() == null || uri.getHost().endsWith(".") || uri.getPort() > 65_535) {
                return Optional.empty();
            }
            int standard = "http".equals(uri.getScheme()) ? 80 : 443;
            String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
            return Optional.of(new WebOrigin(uri.getScheme() + "://" + uri.getHost() + port));
        } catch (URISyntaxException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
