/** Amounts in minor units, read exactly and never rounded on the way in. */
@NullMarked
package io.influtrace.protocol.money;

import org.jspecify.annotations.NullMarked;
