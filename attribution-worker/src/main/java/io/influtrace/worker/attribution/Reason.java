package io.influtrace.worker.attribution;

import java.util.Locale;

/**
 * Why an order was not credited, strongest signal first: of several misses the one named is the nearest, which is the
 * one that stands highest here. The word of each is its code in API, metrics and documentation.
 */
public enum Reason {
    SELF_REFERRAL,
    COUPON_INTEGRATION_DISABLED,
    COUPON_OUTSIDE_DATES,
    COUPON_LIMIT_REACHED,
    COUPON_BELOW_MINIMUM,
    COUPON_UNKNOWN,
    LINK_INTEGRATION_DISABLED,
    LINK_WINDOW_ELAPSED,
    TOUCH_EXPIRED,
    TOUCH_SUPERSEDED,
    CLICK_NOT_HUMAN,
    CREATOR_UNKNOWN,
    CREATOR_MISSING,
    TOKEN_INVALID,
    NO_SIGNAL,
    INTEGRATION_PENDING,
    INTEGRATION_DISCONNECTED,
    ORDER_ALREADY_RECORDED;

    /** The code, such as {@code no_signal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
