/** Tests of what the drills stand on. */
@NullMarked
package io.influtrace.loadtest.world;

import org.jspecify.annotations.NullMarked;
