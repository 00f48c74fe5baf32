/** The open-loop load: what it draws by lot, what it counts, and that it never waits for the server. */
@NullMarked
package io.influtrace.loadtest.load;

import org.jspecify.annotations.NullMarked;
