package io.influtrace.worker.admin;

import java.util.Locale;
import java.util.Optional;

/**
 * Whose token a request bears.
 *
 * @param creator the handle that a {@link Role#CREATOR} sees the numbers of
 * @param name what the token was called when it was made
 */
record Caller(Role role, Optional<String> creator, String name) {

    static final Caller FIRST_ADMIN = new Caller(Role.ADMIN, Optional.empty(), "first");

    /** As it is kept beside the token's digest. */
    String text() {
        return role.word() + "\n" + creator.orElse("") + "\n" + name;
    }

    static Caller parse(String text) {
        String[] parts = text.split("\n", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a token's record has not three lines");
        }
        return new Caller(
                Role.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                parts[1].isEmpty() ? Optional.empty() : Optional.of(parts[1]),
                parts[2]);
    }
}
