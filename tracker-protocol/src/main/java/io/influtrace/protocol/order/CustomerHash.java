package io.influtrace.protocol.order;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A customer's email as the only thing that is ever kept of it: HMAC-SHA256 of its normal form under the deployment's
 * key, cut to 128 bits. Normal form: lower case, plus-tag dropped, and for Gmail the dots too. Not thread-safe.
 */
public final class CustomerHash {

    private static final int BYTES = 16;
    private static final int MAX_EMAIL = 254;
    private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

    private final Mac mac;

    private CustomerHash(Mac mac) {
        this.mac = mac;
    }

    /** Hashes under a key of 32 bytes. */
    public static CustomerHash of(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return new CustomerHash(mac);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** The hash of an email, 22 characters of base64url; empty where it is no address. */
    public Optional<String> hash(String email) {
        return normalise(email)
                .map(normal -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Arrays.copyOf(mac.doFinal(normal.getBytes(StandardCharsets.UTF_8)), BYTES)));
    }

    static Optional<String> normalise(String email) {
        String lower = email.strip().toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        if (at < 1 || at == lower.length() - 1 || lower.length() > MAX_EMAIL) {
            return Optional.empty();
        }
        String name = lower.substring(0, at);
        String domain = lower.substring(at + 1);
        int plus = name.indexOf('+');
        if (plus > 0) {
            name = name.substring(0, plus);
        }
        if (GMAIL.contains(domain)) {
            name = name.replace(".", "");
            domain = "gmail.com";
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name + "@" + domain);
    }
}
