package io.influtrace.worker.attribution;

import java.util.Locale;

/** Why an event left pending. */
public enum EventReason {
    CONVERTED,
    WINDOW_ELAPSED,
    SUPERSEDED_BY_NEWER_REFERRAL,
    SUPERSEDED_BY_FIRST_CLICK,
    SUPERSEDED_BY_COUPON,
    SECOND_COUPON,
    SELF_REFERRAL;

    /** The code, such as {@code window_elapsed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
