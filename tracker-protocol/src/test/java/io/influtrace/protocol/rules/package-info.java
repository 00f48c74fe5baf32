/** What the shared module may know. */
@NullMarked
package io.influtrace.protocol.rules;

import org.jspecify.annotations.NullMarked;
