/** What operators see: meters, health, the private port. */
@NullMarked
package io.influtrace.edge.ops;

import org.jspecify.annotations.NullMarked;
