/** Bills that can be reckoned by hand, and simulations that lose nothing. */
@NullMarked
package io.influtrace.loadtest.capacity;

import org.jspecify.annotations.NullMarked;
