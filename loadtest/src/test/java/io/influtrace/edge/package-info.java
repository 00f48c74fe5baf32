/** Stands where the edge's classes stand, for the import rule to have something to catch. */
@NullMarked
package io.influtrace.edge;

import org.jspecify.annotations.NullMarked;
