/** One program for all that stands around the product: the demo, the store, the load. */
@NullMarked
package io.influtrace.loadtest;

import org.jspecify.annotations.NullMarked;
