/** A whole deployment of real processes that may be killed, held up and cut off, and what it says of itself. */
@NullMarked
package io.influtrace.loadtest.world;

import org.jspecify.annotations.NullMarked;
