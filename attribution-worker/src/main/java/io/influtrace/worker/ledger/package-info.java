/** The books: every order's record, the money entries, the touches' statuses; the one port to Redis for all of them. */
@NullMarked
package io.influtrace.worker.ledger;

import org.jspecify.annotations.NullMarked;
