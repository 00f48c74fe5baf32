/** The open-loop load: arrivals by schedule whatever the server does, latency from the moment each was due. */
@NullMarked
package io.influtrace.loadtest.load;

import org.jspecify.annotations.NullMarked;
