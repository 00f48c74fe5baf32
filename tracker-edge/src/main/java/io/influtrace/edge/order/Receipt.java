package io.influtrace.edge.order;

import io.influtrace.protocol.config.IntegrationRecord;
import java.util.List;

/**
 * What is known of a report besides its body.
 *
 * @param at milliseconds of this edge's clock
 * @param objected true where the visitor objects to being tracked (Sec-GPC), so that only the order itself counts
 * @param cookieTokens tokens of the same-site cookie, oldest first
 */
record Receipt(IntegrationRecord integration, long at, boolean objected, List<String> cookieTokens) {
    Receipt {
        cookieTokens = List.copyOf(cookieTokens);
    }
}
