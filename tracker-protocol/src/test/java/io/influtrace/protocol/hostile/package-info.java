/** What only an attacker sends, for the tests of every port and for the drills. */
@NullMarked
package io.influtrace.protocol.hostile;

import org.jspecify.annotations.NullMarked;
