/** What operators see: meters, health, the private port. */
@NullMarked
package io.influtrace.worker.ops;

import org.jspecify.annotations.NullMarked;
