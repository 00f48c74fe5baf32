package io.influtrace.protocol.order;

import java.util.Optional;

/** A shopper's own answer to «who sent you?»: reported beside the order, never paid. */
public record SurveyReport(
        String integration, OrderIdentity identity, long receivedAt, Optional<String> creator, Optional<String> channel)
        implements Report {}
