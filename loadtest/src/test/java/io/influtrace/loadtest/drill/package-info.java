/** Tests of what the drills stand on. */
@NullMarked
package io.influtrace.loadtest.drill;

import org.jspecify.annotations.NullMarked;
