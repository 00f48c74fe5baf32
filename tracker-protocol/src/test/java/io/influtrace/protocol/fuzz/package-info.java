/** Spoilt inputs for every reader of the protocol. */
@NullMarked
package io.influtrace.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
