package io.influtrace.protocol.order;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** A discount code in the one spelling in which codes are compared: trimmed, NFKC, upper case (ROOT). */
public record CouponCode(String text) {

    /** Characters of the longest code kept. */
    public static final int MAX_LENGTH = 64;

    /** The code as a shopper or a store spelt it; empty where nothing is left or it is longer than any code can be. */
    public static Optional<CouponCode> of(String spelling) {
        if (spelling.length() > 4 * MAX_LENGTH) {
            return Optional.empty();
        }
        String text = Normalizer.normalize(spelling.strip(), Normalizer.Form.NFKC)
                .strip()
                .toUpperCase(Locale.ROOT);
        boolean kept = !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.codePoints().noneMatch(Character::isISOControl);
        return kept ? Optional.of(new CouponCode(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
