/** A second, naive and slow implementation of the rules, and random histories on which it must agree with the worker. */
@NullMarked
package io.influtrace.worker.oracle;

import org.jspecify.annotations.NullMarked;
