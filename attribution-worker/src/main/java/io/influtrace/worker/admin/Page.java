package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param cursor where the last part ended, empty for the first
 * @param limit 1 to {@link #MOST}
 */
record Page(String cursor, int limit) {

    static final int MOST = 500;
    private static final int DEFAULT = 100;

    static Page of(MultiMap query) {
        String limit = Optional.ofNullable(query.get("limit")).orElse(Integer.toString(DEFAULT));
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw Problem.invalid("limit", "must be within 1 and " + MOST).refusal();
        }
        String cursor = Optional.ofNullable(query.get("cursor")).orElse("");
        try {
            byte[] plain = Base64.getUrlDecoder().decode(cursor);
            return new Page(new String(plain, StandardCharsets.UTF_8), Integer.parseInt(limit));
        } catch (IllegalArgumentException unreadable) {
            throw Problem.invalid("cursor", "is none that this list gave").refusal();
        }
    }

    /** The cursor of the part after a key. */
    static String next(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
