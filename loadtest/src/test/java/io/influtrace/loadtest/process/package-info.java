/** How processes are started. */
@NullMarked
package io.influtrace.loadtest.process;

import org.jspecify.annotations.NullMarked;
