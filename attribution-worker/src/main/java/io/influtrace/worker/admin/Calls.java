package io.influtrace.worker.admin;

import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Link;

/** All that the routes lead to. */
record Calls(
        ResourceCalls<Creator> creators,
        ResourceCalls<Campaign> campaigns,
        ResourceCalls<Link> links,
        ResourceCalls<Coupon> coupons,
        ResourceCalls<Integration> integrations,
        IntegrationCalls integration,
        ReadCalls reads,
        Tokens tokens) {}
