/** Breaks an import rule on purpose. */
@NullMarked
package io.influtrace.worker.attribution.offender;

import org.jspecify.annotations.NullMarked;
