/** What merchants configure, with every past version, so that an order is judged by what was in force when it happened. */
@NullMarked
package io.influtrace.worker.catalog;

import org.jspecify.annotations.NullMarked;
