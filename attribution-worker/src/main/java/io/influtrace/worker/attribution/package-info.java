/** The rules: one pure function from an order's facts to its decision; imports nothing but the platform and the protocol. */
@NullMarked
package io.influtrace.worker.attribution;

import org.jspecify.annotations.NullMarked;
