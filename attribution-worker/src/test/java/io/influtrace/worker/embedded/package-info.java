/** The embedded Redis starts, dies, comes back, and refuses in words. */
@NullMarked
package io.influtrace.worker.embedded;

import org.jspecify.annotations.NullMarked;
