/** The documentation says what the code does. */
@NullMarked
package io.influtrace.worker.docs;

import org.jspecify.annotations.NullMarked;
