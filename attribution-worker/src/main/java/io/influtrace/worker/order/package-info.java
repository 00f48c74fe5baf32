/** One order from its first report to its last refund: find the facts, decide, settle. */
@NullMarked
package io.influtrace.worker.order;

import org.jspecify.annotations.NullMarked;
