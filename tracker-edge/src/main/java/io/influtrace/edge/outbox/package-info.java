/** Clicks on their way into Redis: batches, one script a flush, a journal while Redis is away. */
@NullMarked
package io.influtrace.edge.outbox;

import org.jspecify.annotations.NullMarked;
