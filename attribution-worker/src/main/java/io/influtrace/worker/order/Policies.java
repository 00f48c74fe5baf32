package io.influtrace.worker.order;

import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.FirstOrder;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Timeline;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the campaigns' policies in force at an instant, with the commissions of the creators that are concerned. Thread-safe. */
record Policies(Catalog catalog) {

    /** By campaign, one for each campaign of a touch, of a mapped code, or of an order that is renewed. */
    Map<String, PolicyFacts> of(
            List<TouchFacts> touches, List<CouponFacts> coupons, Optional<FirstOrder> renewed, long at) {
        Map<String, Set<String>> concerned = new TreeMap<>();
        for (TouchFacts touch : touches) {
            Set<String> creators = concerned.computeIfAbsent(touch.campaign(), name -> new HashSet<>());
            touch.handle().ifPresent(creators::add);
        }
        for (CouponFacts coupon : coupons) {
            coupon.mapping()
                    .ifPresent(mapping -> concerned
                            .computeIfAbsent(mapping.campaign(), name -> new HashSet<>())
                            .add(mapping.creator()));
        }
        renewed.ifPresent(first -> first.credits()
                .forEach(credit -> concerned
                        .computeIfAbsent(credit.campaign(), name -> new HashSet<>())
                        .add(credit.creator())));
        Map<String, PolicyFacts> policies = new TreeMap<>();
        concerned.forEach((campaign, creators) -> policies.put(campaign, policy(campaign, creators, at)));
        return policies;
    }

    /** The version that was used, with the commissions of creators whom a later report brought where it still is the same. */
    static PolicyFacts widened(PolicyFacts now, PolicyFacts used) {
        if (now.version() != used.version()) {
            return used;
        }
        Map<String, Commission> overrides = new TreeMap<>(now.overrides());
        overrides.putAll(used.overrides());
        return new PolicyFacts(
                used.campaign(), used.version(), used.model(), used.holdDays(), used.commission(), overrides);
    }

    private PolicyFacts policy(String name, Set<String> creators, long at) {
        Timeline<Campaign> line =
                catalog.campaign(name).orElseThrow(() -> new IllegalStateException("no campaign of a link's: " + name));
        Timeline.Version<Campaign> version = line.at(at).orElse(line.versions().get(0));
        Campaign campaign = version.value();
        Map<String, Commission> overrides = new TreeMap<>(campaign.overrides());
        overrides.keySet().retainAll(creators);
        return new PolicyFacts(
                campaign.id(),
                version.number(),
                campaign.model(),
                campaign.holdDays(),
                campaign.commission(),
                overrides);
    }
}
