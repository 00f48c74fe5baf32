/** What reports show. */
@NullMarked
package io.influtrace.worker.report;

import org.jspecify.annotations.NullMarked;
