/** What both sides rely on, tested on neither's behalf. */
@NullMarked
package io.influtrace.protocol.click;

import org.jspecify.annotations.NullMarked;
