/** How reports come in: one reader a partition, abandoned entries claimed, poison set apart. */
@NullMarked
package io.influtrace.worker.intake;

import org.jspecify.annotations.NullMarked;
