/** What operators are told is what Redis holds. */
@NullMarked
package io.influtrace.worker.ops;

import org.jspecify.annotations.NullMarked;
