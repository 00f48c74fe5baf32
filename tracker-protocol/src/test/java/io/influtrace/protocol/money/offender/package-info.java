/** Breaks an import rule on purpose. */
@NullMarked
package io.influtrace.protocol.money.offender;

import org.jspecify.annotations.NullMarked;
