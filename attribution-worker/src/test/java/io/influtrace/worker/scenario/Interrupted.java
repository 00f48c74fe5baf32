package io.influtrace.worker.scenario;

import io.influtrace.worker.redis.Connections;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one worker, interrupted between two of its commands: before the command of that number something
 * happens to the worker. They lie on connections that many workers share, one after another.
 */
final class Interrupted implements Connections {

    private final Shared shared;
    private final AtomicLong sent = new AtomicLong();
    private final long before;
    private final Fate fate;

    /** What happens at the interruption, and at every command after it. */
    @FunctionalInterface
    interface Fate {
        /** May throw, which is to die, or wait, which is to hang. */
        void happen() throws InterruptedException;
    }

    /** The worker is dead: nothing more that it says is heard. */
    static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1;

        Dead() {
            super("dead", null, false, false);
        }
    }

    Interrupted(Shared shared, long before, Fate fate) {
        this.shared = shared;
        this.before = before;
        this.fate = fate;
    }

    /** Dies before the command of that number, the first being 0. */
    static Interrupted dying(Shared shared, long before) {
        return new Interrupted(shared, before, () -> {
            throw new Dead();
        });
    }

    /** Whether it came to the interruption. */
    boolean happened() {
        return sent.get() > before;
    }

    /** Commands so far. */
    long sent() {
        return sent.get();
    }

    @Override
    public RedisConnection<String> connect() {
        return connect(StringCodec.UTF8, Duration.ofSeconds(10));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> RedisConnection<V> connect(RedisCodec<String, V> codec, Duration timeout) {
        RedisConnection<V> real = shared.connect(codec);
        RedisClusterAsyncCommands<String, V> commands = (RedisClusterAsyncCommands<String, V>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RedisClusterAsyncCommands.class},
                (proxy, method, arguments) -> {
                    if (sent.getAndIncrement() >= before) {
                        fate.happen();
                    }
                    return called(() -> method.invoke(real.async(), arguments));
                });
        StatefulConnection<String, V> open = (StatefulConnection<String, V>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StatefulConnection.class},
                (proxy, method, arguments) -> method.getName().equals("close")
                        ? null
                        : called(() -> method.invoke(real.connection(), arguments)));
        return new RedisConnection<>(open, commands);
    }

    private interface Call {
        @Nullable
        Object make() throws ReflectiveOperationException;
    }

    private static @Nullable Object called(Call call) throws Throwable {
        try {
            return call.make();
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }

    /** One connection for each kind of value, for as many workers as come. */
    static final class Shared implements AutoCloseable {
        private final Connections redis;
        private final Map<String, RedisConnection<?>> open = new ConcurrentHashMap<>();

        Shared(Connections redis) {
            this.redis = redis;
        }

        @SuppressWarnings("unchecked")
        <V> RedisConnection<V> connect(RedisCodec<String, V> codec) {
            String kind = codec == StringCodec.UTF8 ? "text" : "bytes";
            return (RedisConnection<V>)
                    open.computeIfAbsent(kind, fresh -> redis.connect(codec, Duration.ofSeconds(10)));
        }

        @Override
        public void close() {
            open.values().forEach(RedisConnection::close);
        }
    }
}
