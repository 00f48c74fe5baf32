/** What the worker knows of Redis's failures. */
@NullMarked
package io.influtrace.worker.redis;

import org.jspecify.annotations.NullMarked;
