/** Held connections to Redis that their owner re-opens, with a deadline on every reply. */
@NullMarked
package io.influtrace.edge.redis;

import org.jspecify.annotations.NullMarked;
