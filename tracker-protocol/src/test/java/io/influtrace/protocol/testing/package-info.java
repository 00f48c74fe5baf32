/** What the tests of both sides and the drills need alike. */
@NullMarked
package io.influtrace.protocol.testing;

import org.jspecify.annotations.NullMarked;
