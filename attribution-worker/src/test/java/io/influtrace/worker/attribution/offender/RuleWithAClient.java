package io.influtrace.worker.attribution.offender;

import io.influtrace.worker.redis.Redis;

/** Knows what its room must not know. */
public record RuleWithAClient(Redis known) {}
