/** Which room may know which, each rule with an offender that it must reject. */
@NullMarked
package io.influtrace.worker.rules;

import org.jspecify.annotations.NullMarked;
