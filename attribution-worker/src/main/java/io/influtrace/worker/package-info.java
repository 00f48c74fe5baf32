/** The back office's process: what is wired here runs, top to bottom. */
@NullMarked
package io.influtrace.worker;

import org.jspecify.annotations.NullMarked;
