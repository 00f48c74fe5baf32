/** Where everything lies in Redis, and where Redis itself is. */
@NullMarked
package io.influtrace.protocol.redis;

import org.jspecify.annotations.NullMarked;
