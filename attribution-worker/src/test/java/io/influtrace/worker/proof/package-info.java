/** Books that are right prove right, and whatever is changed in them is found, named and, where it can be, mended. */
@NullMarked
package io.influtrace.worker.proof;

import org.jspecify.annotations.NullMarked;
