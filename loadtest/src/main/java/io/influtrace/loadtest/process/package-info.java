/** Processes of the product and of Redis as this module runs them, and plain HTTP to talk to them. */
@NullMarked
package io.influtrace.loadtest.process;

import org.jspecify.annotations.NullMarked;
