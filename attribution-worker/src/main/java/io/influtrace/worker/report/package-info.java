/** What the back office shows of the books: orders, events and reports as JSON, filtered by who asks. */
@NullMarked
package io.influtrace.worker.report;

import org.jspecify.annotations.NullMarked;
