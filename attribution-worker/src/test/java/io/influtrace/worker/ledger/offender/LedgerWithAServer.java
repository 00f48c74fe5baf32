package io.influtrace.worker.ledger.offender;

import io.vertx.core.Vertx;

/** Knows what its room must not know. */
public record LedgerWithAServer(Vertx known) {}
