/** The rules by example: stories that drive the real worker on a real Redis with a clock that the story moves. */
@NullMarked
package io.influtrace.worker.scenario;

import org.jspecify.annotations.NullMarked;
