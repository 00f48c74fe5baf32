package io.influtrace.worker.attribution;

import java.util.Map;

/**
 * A campaign's policy in force at the order's time.
 *
 * @param version the campaign's version
 * @param holdDays days from the order's time until approval
 * @param overrides other commissions, of the creators that this order concerns
 */
public record PolicyFacts(
        String campaign,
        int version,
        Model model,
        int holdDays,
        Commission commission,
        Map<String, Commission> overrides) {

    public PolicyFacts {
        overrides = Map.copyOf(overrides);
    }

    /** What this creator earns in the campaign. */
    public Commission commissionOf(String creator) {
        return overrides.getOrDefault(creator, commission);
    }
}
