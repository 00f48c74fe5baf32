package io.influtrace.worker.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * One connection and its commands, the same whether one server answers or a cluster does. Thread-safe, except that the
 * flushing switch belongs to the one owner of a connection. Commands on a lost connection fail at once; the connection
 * comes back by itself.
 *
 * @param async every command answers within the connection's time-out or fails
 */
public record RedisConnection<V>(StatefulConnection<String, V> connection, RedisClusterAsyncCommands<String, V> async)
        implements AutoCloseable {

    /** Off: commands are gathered until {@link #flush()}, for pipelines on a connection of one's own. */
    public void flushEach(boolean yes) {
        connection.setAutoFlushCommands(yes);
    }

    /** Sends what was gathered. */
    public void flush() {
        connection.flushCommands();
    }

    /** Closes it; what is in flight fails. */
    @Override
    public void close() {
        connection.close();
    }
}
