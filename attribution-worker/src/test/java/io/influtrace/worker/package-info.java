/** The worker as a process: what it says, what it leaves behind. */
@NullMarked
package io.influtrace.worker;

import org.jspecify.annotations.NullMarked;
