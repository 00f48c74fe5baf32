/** The edge as a process: settings, wiring, start and stop. */
@NullMarked
package io.influtrace.edge;

import org.jspecify.annotations.NullMarked;
