package io.influtrace.worker.admin;

import io.influtrace.worker.catalog.Integration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secret that a platform signs its deliveries with. A new one takes effect at once and the one before goes on being
 * valid, until {@code rotating} is set to false: the platform changes over at a moment of its own.
 */
final class SigningSecret {

    static final String FIELD = "signingSecret";
    static final String ROTATING = "rotating";

    private static final Set<String> TYPES = Set.of("shopify", "woocommerce", "stripe");
    private static final Pattern SPELLING = Pattern.compile("[\\x21-\\x7e]{16,256}");

    private SigningSecret() {}

    /** True for integrations whose deliveries are signed. */
    static boolean of(String type) {
        return TYPES.contains(type);
    }

    /** The secret that a new integration's maker brings along, a platform's or an own server's; empty where we make one. */
    static Optional<String> given(Body body) {
        boolean signed = of(body.text("type", 64));
        if (body.has("secret") && body.has(FIELD)) {
            throw body.invalid(FIELD, "and secret are one and the same");
        }
        if (body.has(ROTATING)) {
            throw body.invalid(ROTATING, "is for an integration that is there already");
        }
        return body.has(FIELD) ? Optional.of(spelt(body, signed)) : body.optional("secret", 256);
    }

    /** Refuses a change that makes no sense. */
    static void check(Body body, Integration before) {
        if (body.has(FIELD)) {
            spelt(body, of(before.type()));
        }
        if (rotating(body) && before.previousSecret().isEmpty()) {
            throw body.invalid(ROTATING, "begins with a new " + FIELD);
        }
    }

    static Optional<String> present(Body body, Integration before) {
        return body.has(FIELD) ? Optional.of(body.text(FIELD, 256)) : before.secret();
    }

    static Optional<String> previous(Body body, Integration before) {
        Optional<String> present = present(body, before);
        if (!present.equals(before.secret())) {
            return before.secret();
        }
        return rotating(body) || body.has(FIELD) ? before.previousSecret() : Optional.empty();
    }

    private static boolean rotating(Body body) {
        return body.flag(ROTATING);
    }

    private static String spelt(Body body, boolean signed) {
        if (!signed) {
            throw body.invalid(FIELD, "belongs to shopify, woocommerce and stripe alone");
        }
        String secret = body.text(FIELD, 256);
        if (!SPELLING.matcher(secret).matches()) {
            throw body.invalid(FIELD, "must be 16 to 256 visible ASCII characters");
        }
        return secret;
    }
}
