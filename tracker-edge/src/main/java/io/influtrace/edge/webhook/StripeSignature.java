package io.influtrace.edge.webhook;

import io.influtrace.protocol.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Stripe's signature: a time in seconds and, while a secret is being changed, several claims. The signed text is the time,
 * a dot and the body, so a recorded delivery cannot be sent again later.
 */
record StripeSignature(String time, List<byte[]> claims) {

    static final String HEADER = "Stripe-Signature";

    /** Seconds between Stripe's clock and ours, either way. */
    private static final long TOLERANCE = 300;

    /** Parts of a header that are looked at; Stripe sends one claim for each valid secret. */
    private static final int MAX_PARTS = 16;

    static StripeSignature parse(String header) {
        String time = "";
        List<byte[]> claims = new ArrayList<>();
        for (String part : header.split(",", MAX_PARTS)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                time = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1")) {
                hex(pair[1]).ifPresent(claims::add);
            }
        }
        return new StripeSignature(time, claims);
    }

    /** A stale delivery is told from a forged one, for only the first is a matter of clocks. */
    Optional<Problem> refusal(byte[] body, List<String> secrets, long nowMillis) {
        byte[] head = (time + ".").getBytes(StandardCharsets.UTF_8);
        if (!Signature.holds(secrets, claims, head, body)) {
            return Optional.of(Signature.wrong());
        }
        long seconds;
        try {
            seconds = Long.parseLong(time);
        } catch (NumberFormatException none) {
            return Optional.of(Signature.wrong());
        }
        if (Math.abs(nowMillis / 1_000 - seconds) <= TOLERANCE) {
            return Optional.empty();
        }
        return Optional.of(Problem.last(401, "signature_stale", "The delivery was signed more than 300 s from now.")
                .compared(Long.toString(nowMillis / 1_000), time));
    }

    private static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
