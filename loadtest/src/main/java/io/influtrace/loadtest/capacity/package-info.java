/** What a day would need, reckoned from measured figures, and what skew and an outage do to it, simulated. */
@NullMarked
package io.influtrace.loadtest.capacity;

import org.jspecify.annotations.NullMarked;
