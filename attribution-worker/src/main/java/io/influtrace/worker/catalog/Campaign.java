package io.influtrace.worker.catalog;

import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import java.util.Map;

/**
 * The policy holder.
 *
 * @param windowDays 1 to 365
 * @param holdDays days from the order's time until pending commission is approved, 0 or more
 * @param overrides another commission for single creators, by handle
 * @param utm parameters added to destinations
 * @param archived true where it is out of the merchant's way; it goes on tracking
 */
public record Campaign(
        String id,
        String name,
        Model model,
        int windowDays,
        int holdDays,
        Commission commission,
        Map<String, Commission> overrides,
        Map<String, String> utm,
        boolean archived) {

    /** What a campaign gets that names no hold. */
    public static final int DEFAULT_HOLD_DAYS = 30;

    public Campaign {
        overrides = Map.copyOf(overrides);
        utm = Map.copyOf(utm);
    }
}
