package io.influtrace.worker.attribution;

import java.util.Optional;

/**
 * An event born with the order: the winning code of a creator who has no click in it, or a code set aside.
 *
 * @param eventId {@code coupon:{integration}/{orderId}}, and for one set aside {@code coupon:{integration}/{orderId}/{CODE}}
 * @param reason {@link EventReason#CONVERTED}, {@link EventReason#SECOND_COUPON} or {@link EventReason#SELF_REFERRAL}
 */
public record CouponEvent(
        String eventId,
        String code,
        String creator,
        String link,
        String campaign,
        EventReason reason,
        Optional<TouchChange.Other> by) {}
