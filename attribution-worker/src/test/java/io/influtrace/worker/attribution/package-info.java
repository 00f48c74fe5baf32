/** The rules, each in a sentence. */
@NullMarked
package io.influtrace.worker.attribution;

import org.jspecify.annotations.NullMarked;
