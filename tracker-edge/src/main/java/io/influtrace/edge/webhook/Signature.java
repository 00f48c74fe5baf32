package io.influtrace.edge.webhook;

import io.influtrace.protocol.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over a raw body, compared in a time that tells nothing. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** True where any of the claims is the signature under any of the secrets; all are tried, whichever fits. */
    static boolean holds(List<String> secrets, List<byte[]> claims, byte[]... parts) {
        boolean found = false;
        for (String secret : secrets) {
            byte[] right = sign(secret, parts);
            for (byte[] claim : claims) {
                found |= MessageDigest.isEqual(right, claim);
            }
        }
        return found;
    }

    /** A claim in base64; one that is none equals nothing. */
    static List<byte[]> base64(String claim) {
        try {
            return List.of(Base64.getDecoder().decode(claim.strip()));
        } catch (IllegalArgumentException none) {
            return List.of();
        }
    }

    static Problem missing(String header) {
        return Problem.last(401, "signature_missing", "A delivery bears its signature in " + header + ".");
    }

    static Problem wrong() {
        return Problem.last(401, "signature_mismatch", "The signature is not that of this integration's secret.");
    }

    private static byte[] sign(String secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
