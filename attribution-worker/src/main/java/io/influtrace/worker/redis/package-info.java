/** The worker's way to Redis: connections that never wait without end, scripts, what is checked before the start. */
@NullMarked
package io.influtrace.worker.redis;

import org.jspecify.annotations.NullMarked;
