/** Shoppers who click and buy without pause, retry as the pixel does, and keep the books of what they were told. */
@NullMarked
package io.influtrace.loadtest.shopper;

import org.jspecify.annotations.NullMarked;
