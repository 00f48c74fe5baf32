/** Proof that the books are right: everything stored is computed again and compared, and what can be mended is. */
@NullMarked
package io.influtrace.worker.proof;

import org.jspecify.annotations.NullMarked;
