package io.influtrace.worker.attribution.offender;

import io.influtrace.protocol.http.Problem;

/** Knows what its room must not know, although the protocol holds it. */
public record RuleWithADoor(Problem known) {}
