/** What the back office may read of the books, as records without Redis in them. */
@NullMarked
package io.influtrace.worker.reading;

import org.jspecify.annotations.NullMarked;
