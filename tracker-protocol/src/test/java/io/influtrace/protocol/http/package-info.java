/** The doors of the ports, asked over bare sockets. */
@NullMarked
package io.influtrace.protocol.http;

import org.jspecify.annotations.NullMarked;
