/** Breaks an import rule on purpose. */
@NullMarked
package io.influtrace.protocol.http.offender;

import org.jspecify.annotations.NullMarked;
