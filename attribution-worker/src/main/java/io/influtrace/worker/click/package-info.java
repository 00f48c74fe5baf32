/** What becomes of clicks when no order asks: meetings noted from pings, and what time alone brings. */
@NullMarked
package io.influtrace.worker.click;

import org.jspecify.annotations.NullMarked;
