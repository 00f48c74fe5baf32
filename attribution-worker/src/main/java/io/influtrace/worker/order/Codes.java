package io.influtrace.worker.order;

import io.influtrace.protocol.order.CouponCode;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.CouponFacts.Standing;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Timeline;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What a code was worth on an order, by the coupons that spelt their code so at the order's time. Thread-safe. */
record Codes(Catalog catalog) {

    /**
     * A bound on a code's use.
     *
     * @param coupon the coupon's id
     */
    record Limit(String coupon, OptionalLong usages, boolean oncePerCustomer) {}

    /** A coupon in force, and whether it serves the order's store. */
    private record Found(Coupon coupon, Standing standing) {}

    CouponFacts facts(CouponCode code, Set<String> reporters, OrderFacts order, Optional<String> customer) {
        Optional<Found> found = find(code, reporters, order);
        if (found.isEmpty()) {
            boolean known = !catalog.coupons(code).isEmpty();
            List<String> nearest = known
                    ? List.of()
                    : catalog.nearest(code).stream().map(CouponCode::text).toList();
            Standing standing = known ? Standing.OUTSIDE_DATES : Standing.UNKNOWN;
            return new CouponFacts(code.text(), standing, Optional.empty(), false, nearest);
        }
        Coupon coupon = found.get().coupon;
        boolean own = catalog.creator(coupon.creator())
                .map(line -> Facts.own(line.now(), customer))
                .orElse(false);
        return new CouponFacts(
                code.text(), found.get().standing, Optional.of(mapping(coupon, order.occurredAt())), own, List.of());
    }

    /** The bound on a usable code's use: that of the coupon which maps it as the order found it. */
    Optional<Limit> limit(CouponFacts code, OrderFacts order) {
        return inForce(new CouponCode(code.code()), order.occurredAt())
                .filter(coupon -> code.mapping().equals(Optional.of(mapping(coupon, order.occurredAt()))))
                .findFirst()
                .filter(coupon -> coupon.usageLimit().isPresent() || coupon.oncePerCustomer())
                .map(coupon -> new Limit(coupon.id(), coupon.usageLimit(), coupon.oncePerCustomer()));
    }

    /** The coupon in force at the order's time that serves its store, else one that serves another. */
    private Optional<Found> find(CouponCode code, Set<String> reporters, OrderFacts order) {
        List<Coupon> inForce = inForce(code, order.occurredAt()).toList();
        Optional<Coupon> serving = inForce.stream()
                .filter(coupon -> coupon.integrations().contains(order.integration())
                        || !Collections.disjoint(coupon.integrations(), reporters))
                .findFirst();
        return serving.isPresent()
                ? serving.map(
                        coupon -> new Found(coupon, below(coupon, order) ? Standing.BELOW_MINIMUM : Standing.MAPPED))
                : inForce.stream().findFirst().map(coupon -> new Found(coupon, Standing.INTEGRATION_DISABLED));
    }

    private Stream<Coupon> inForce(CouponCode code, long at) {
        return catalog.coupons(code).stream()
                .flatMap(line -> line.at(at).stream())
                .map(Timeline.Version::value)
                .filter(coupon -> coupon.code().equals(code) && inForce(coupon, at));
    }

    private static boolean inForce(Coupon coupon, long at) {
        return !coupon.retired()
                && coupon.activeFrom().orElse(Long.MIN_VALUE) <= at
                && at < coupon.activeUntil().orElse(Long.MAX_VALUE);
    }

    /** A minimum is an amount of one currency and says nothing about orders in another. */
    private static boolean below(Coupon coupon, OrderFacts order) {
        return coupon.minimumValue()
                .filter(minimum -> minimum.currency().equals(order.currency()) && order.value() < minimum.value())
                .isPresent();
    }

    private CouponFacts.Mapping mapping(Coupon coupon, long at) {
        String campaign = catalog.link(coupon.link())
                .map(line -> line.at(at).orElse(line.versions().get(0)).value().campaign())
                .orElseThrow(() -> new IllegalStateException("no link of a coupon's: " + coupon.link()));
        return new CouponFacts.Mapping(coupon.creator(), coupon.link(), campaign);
    }
}
