/** Breaks an import rule on purpose. */
@NullMarked
package io.influtrace.worker.ledger.offender;

import org.jspecify.annotations.NullMarked;
