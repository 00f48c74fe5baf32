/** Figures: A and B in turn in one run, each server pinned to one core, the load on the other. */
@NullMarked
package io.influtrace.loadtest.bench;

import org.jspecify.annotations.NullMarked;
