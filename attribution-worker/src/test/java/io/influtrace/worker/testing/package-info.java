/** What several tests share: a real Redis, and waiting for what happens elsewhere. */
@NullMarked
package io.influtrace.worker.testing;

import org.jspecify.annotations.NullMarked;
