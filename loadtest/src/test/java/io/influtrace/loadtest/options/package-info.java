/** How command lines are read. */
@NullMarked
package io.influtrace.loadtest.options;

import org.jspecify.annotations.NullMarked;
