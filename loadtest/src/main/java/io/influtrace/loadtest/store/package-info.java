/** The demo store: a small shop on an origin of its own, wired to InfluTrace exactly as a merchant would. */
@NullMarked
package io.influtrace.loadtest.store;

import org.jspecify.annotations.NullMarked;
