package io.influtrace.protocol.money.offender;

import io.influtrace.protocol.http.Problem;

/** Knows what its room must not know. */
public record MoneyOverHttp(Problem known) {}
