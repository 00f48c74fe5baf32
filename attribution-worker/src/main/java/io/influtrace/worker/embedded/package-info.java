/** The Redis that the worker owns where nobody named one: its program, its process, its folder. */
@NullMarked
package io.influtrace.worker.embedded;

import org.jspecify.annotations.NullMarked;
