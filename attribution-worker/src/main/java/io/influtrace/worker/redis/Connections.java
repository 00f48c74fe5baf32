package io.influtrace.worker.redis;

import io.lettuce.core.codec.RedisCodec;
import java.time.Duration;

/** Where connections to one Redis come from; tests put something between. Thread-safe. */
public interface Connections {

    /**
     * Opens a connection of the caller's own; blocks, so never call it on an event loop.
     *
     * @param timeout how long each command may take; a blocking read's own wait must lie below it
     */
    <V> RedisConnection<V> connect(RedisCodec<String, V> codec, Duration timeout);

    /** Opens a connection that carries text; blocks, so never call it on an event loop. */
    RedisConnection<String> connect();
}
