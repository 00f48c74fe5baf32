/** The drills: each breaks something while shoppers buy, and then asks whether the promise was kept. */
@NullMarked
package io.influtrace.loadtest.drill;

import org.jspecify.annotations.NullMarked;
