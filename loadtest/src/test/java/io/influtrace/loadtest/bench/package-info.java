/** The figures are computed right, whatever the machine. */
@NullMarked
package io.influtrace.loadtest.bench;

import org.jspecify.annotations.NullMarked;
