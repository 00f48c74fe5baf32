package io.influtrace.protocol.http.offender;

import io.influtrace.protocol.money.Money;

/** Knows what its room must not know. */
public record DoorThatCounts(Money known) {}
