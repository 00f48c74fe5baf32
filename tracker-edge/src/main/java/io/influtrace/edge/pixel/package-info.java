/** The pixel's bytes, made ready at boot. */
@NullMarked
package io.influtrace.edge.pixel;

import org.jspecify.annotations.NullMarked;
