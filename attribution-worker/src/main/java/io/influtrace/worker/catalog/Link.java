package io.influtrace.worker.catalog;

import io.influtrace.protocol.config.PassQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A slug with one destination.
 *
 * @param number what tokens and rows carry; stands for this slug in this campaign, so a change of campaign makes a new one
 * @param creator the handle that the path without a handle credits
 * @param activeFrom milliseconds, inclusive
 * @param activeUntil milliseconds, exclusive
 * @param retired true where it answers as if it had ended
 */
public record Link(
        String slug,
        int number,
        String campaign,
        String destination,
        List<String> integrations,
        Optional<String> creator,
        Map<String, String> utm,
        PassQuery passQuery,
        OptionalLong activeFrom,
        OptionalLong activeUntil,
        Optional<String> fallbackUrl,
        boolean retired) {
    public Link {
        integrations = List.copyOf(integrations);
        utm = Map.copyOf(utm);
    }
}
