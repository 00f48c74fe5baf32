/** What happens to reports that somebody dropped, and to entries that are none. */
@NullMarked
package io.influtrace.worker.intake;

import org.jspecify.annotations.NullMarked;
