package io.influtrace.worker.catalog;

import io.influtrace.protocol.order.CouponCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds what a mistyped code may have meant: every code one slip away, looked up rather than searched. */
final class Neighbours {

    /** More than this explains nothing. */
    private static final int MOST = 3;

    /** Beyond this length a code is no word that anyone types, and its slips are thousands. */
    private static final int LONGEST = 24;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    private Neighbours() {}

    /** Mapped codes that a swap, a letter too many, too few or wrong leads to; at most three. */
    static List<CouponCode> of(CouponCode code, Predicate<CouponCode> mapped) {
        if (code.text().length() > LONGEST) {
            return List.of();
        }
        List<CouponCode> found = new ArrayList<>();
        for (String slip : slips(code.text())) {
            CouponCode candidate = new CouponCode(slip);
            if (found.size() < MOST && !candidate.equals(code) && mapped.test(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static Set<String> slips(String text) {
        Set<String> slips = new LinkedHashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            slips.add(text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2));
        }
        for (int i = 0; i <= text.length(); i++) {
            String head = text.substring(0, i);
            String tail = text.substring(i);
            String rest = tail.isEmpty() ? tail : tail.substring(1);
            slips.add(head + rest);
            for (int letter = 0; letter < LETTERS.length(); letter++) {
                slips.add(head + LETTERS.charAt(letter) + rest);
                slips.add(head + LETTERS.charAt(letter) + tail);
            }
        }
        slips.remove("");
        return slips;
    }
}
