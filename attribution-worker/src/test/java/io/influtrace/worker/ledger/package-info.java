/** What is written is read back, and takes no more room than it must. */
@NullMarked
package io.influtrace.worker.ledger;

import org.jspecify.annotations.NullMarked;
