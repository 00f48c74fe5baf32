package io.influtrace.protocol.money.offender;

import io.vertx.core.Vertx;

/** Knows what its room must not know. */
public record MoneyWithALoop(Vertx known) {}
