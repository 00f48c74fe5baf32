package io.influtrace.edge.redirect;

import io.influtrace.protocol.click.ClickTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the same-site cookie keeps: the visitor's random id and the last click tokens.
 *
 * @param tokens oldest first, well-formed but unverified
 */
public record BrowserMemory(long visitor, List<String> tokens) {

    /** Tokens kept, as many as the pixel keeps. */
    public static final int MAX_TOKENS = 10;

    /** The cookie's name, not the pixel's own: both may lie under one host. */
    public static final String COOKIE = "influtrace_edge";

    private static final String LIFE = "; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax";
    private static final int VISITOR_LENGTH = 16;

    public BrowserMemory {
        tokens = List.copyOf(tokens);
    }

    /** Reads a Cookie header; empty where it bears no readable cookie of ours. */
    public static Optional<BrowserMemory> read(@Nullable String cookies) {
        return cookies == null ? Optional.empty() : value(cookies).flatMap(BrowserMemory::parse);
    }

    /** The same with one more token, without the oldest above the bound. */
    BrowserMemory with(String token) {
        List<String> more = new ArrayList<>(tokens);
        more.add(token);
        return new BrowserMemory(visitor, more.subList(Math.max(0, more.size() - MAX_TOKENS), more.size()));
    }

    /** The Set-Cookie header's value: host-only, 400 days. */
    String write(boolean secure) {
        StringBuilder cookie = new StringBuilder(640).append(COOKIE).append('=');
        String hex = Long.toHexString(visitor);
        cookie.append("0".repeat(VISITOR_LENGTH - hex.length())).append(hex);
        tokens.forEach(token -> cookie.append('.').append(token));
        return cookie.append(LIFE).append(secure ? "; Secure" : "").toString();
    }

    private static Optional<String> value(String cookies) {
        for (String cookie : cookies.split(";", -1)) {
            String pair = cookie.strip();
            if (pair.startsWith(COOKIE) && pair.length() > COOKIE.length() && pair.charAt(COOKIE.length()) == '=') {
                return Optional.of(pair.substring(COOKIE.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<BrowserMemory> parse(String value) {
        String[] parts = value.split("\\.", MAX_TOKENS + 2);
        if (parts[0].length() != VISITOR_LENGTH) {
            return Optional.empty();
        }
        long visitor;
        try {
            visitor = Long.parseUnsignedLong(parts[0], 16);
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
        List<String> tokens = new ArrayList<>();
        for (int i = 1; i < parts.length && tokens.size() < MAX_TOKENS; i++) {
            if (isToken(parts[i])) {
                tokens.add(parts[i]);
            }
        }
        return Optional.of(new BrowserMemory(visitor, tokens));
    }

    private static boolean isToken(String text) {
        return text.length() == ClickTokens.LENGTH
                && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    }
}
