/** Tests of what the drills stand on. */
@NullMarked
package io.influtrace.loadtest.shopper;

import org.jspecify.annotations.NullMarked;
