package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Link;
import java.util.Optional;

/** All that the routes lead to. */
record Calls(
        ResourceCalls<Creator> creators,
        ResourceCalls<Campaign> campaigns,
        ResourceCalls<Link> links,
        ResourceCalls<Coupon> coupons,
        ResourceCalls<Integration> integrations,
        IntegrationCalls integration,
        GeneratedCoupons generated,
        ErasureCalls erasure,
        Optional<ReadCalls> books,
        ReplayCalls replays,
        Optional<PayoutCalls> money,
        Tokens tokens) {

    /** The reads; refused for now where nothing keeps books. */
    ReadCalls reads() {
        return books.orElseThrow(() -> Problem.passing(503, "store_unavailable", "No books are kept here yet.")
                .refusal());
    }

    /** The payouts; refused for now where nothing keeps books. */
    PayoutCalls payouts() {
        return money.orElseThrow(() -> Problem.passing(503, "store_unavailable", "No books are kept here yet.")
                .refusal());
    }
}
