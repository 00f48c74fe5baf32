package io.influtrace.worker.catalog;

import io.influtrace.protocol.order.CouponCode;
import java.util.List;
import java.util.Optional;

/** What is configured, with its past, in memory; safe for any thread, and each answer is a consistent moment. */
public interface Catalog {

    /** The creator of a handle in lower case. */
    Optional<Timeline<Creator>> creator(String handle);

    /** The creator whose number a token carries. */
    Optional<Timeline<Creator>> creator(int number);

    /** The campaign of an id. */
    Optional<Timeline<Campaign>> campaign(String id);

    /** The link of a slug. */
    Optional<Timeline<Link>> link(String slug);

    /** The link whose number a token carries, by whichever of its versions had that number. */
    Optional<Timeline<Link>> link(int number);

    /** Every coupon that has ever spelt its code so. */
    List<Timeline<Coupon>> coupons(CouponCode code);

    /** Mapped codes one edit away from a code that none maps, for the explanation; at most a few. */
    List<CouponCode> nearest(CouponCode code);

    /** The integration of an id. */
    Optional<Timeline<Integration>> integration(String id);

    /** Window lengths in days that any campaign has ever had: each has an index of clicks. */
    List<Integer> windows();

    /** Counts up with every change, so that a reader can tell whether its view is the newest. */
    long version();
}
