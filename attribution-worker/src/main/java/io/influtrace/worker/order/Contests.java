package io.influtrace.worker.order;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Timeline;
import java.util.ArrayList;
import java.util.List;

/** Names what orders of any browsers compete for: the uses of a limited code, places in a creator's month. Thread-safe. */
record Contests(Catalog catalog) {

    List<String> of(OrderReport order, Tokens tokens) {
        List<String> contested = new ArrayList<>();
        order.coupons().forEach(code -> add(code, contested));
        tokens.clicks().forEach(click -> add(click, contested));
        return contested;
    }

    private void add(CouponCode code, List<String> contested) {
        for (Timeline<Coupon> line : catalog.coupons(code)) {
            for (Timeline.Version<Coupon> version : line.versions()) {
                Coupon coupon = version.value();
                if (coupon.usageLimit().isPresent() || coupon.oncePerCustomer()) {
                    contested.add("uses of " + coupon.id());
                }
                boolean tiered = catalog.link(coupon.link())
                        .filter(link -> tiered(link.now().campaign()))
                        .isPresent();
                if (tiered) {
                    contested.add(month(coupon.creator()));
                }
            }
        }
    }

    private void add(Click click, List<String> contested) {
        boolean tiered = catalog.link(click.link()).stream()
                .flatMap(line -> line.versions().stream())
                .map(Timeline.Version::value)
                .filter(link -> link.number() == click.link())
                .anyMatch(link -> tiered(link.campaign()));
        if (tiered) {
            catalog.creator(click.creator())
                    .ifPresent(line -> contested.add(month(line.now().handle())));
        }
    }

    /** Whether any version of a campaign has tiers. */
    private boolean tiered(String campaign) {
        return catalog.campaign(campaign).stream()
                .flatMap(line -> line.versions().stream())
                .map(Timeline.Version::value)
                .anyMatch(version -> version.commission().tiered()
                        || version.overrides().values().stream().anyMatch(Commission::tiered));
    }

    private static String month(String creator) {
        return "month of " + creator;
    }
}
