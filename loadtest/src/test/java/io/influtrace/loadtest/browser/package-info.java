/** What a real browser does with the pixel, seen from the server that its requests reach. */
@NullMarked
package io.influtrace.loadtest.browser;

import org.jspecify.annotations.NullMarked;
