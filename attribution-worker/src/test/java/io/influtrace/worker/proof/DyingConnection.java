package io.influtrace.worker.proof;

import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A real connection whose owner dies when it is about to run its n-th script that writes. */
final class DyingConnection {

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final RedisConnection<String> connection;

    private DyingConnection(RedisConnection<String> connection) {
        this.connection = connection;
    }

    @SuppressWarnings("unchecked")
    static DyingConnection over(RedisConnection<String> real, int writes) {
        AtomicInteger left = new AtomicInteger(writes);
        RedisClusterAsyncCommands<String, String> commands =
                (RedisClusterAsyncCommands<String, String>) Proxy.newProxyInstance(
                        DyingConnection.class.getClassLoader(),
                        new Class<?>[] {RedisClusterAsyncCommands.class},
                        (proxy, method, arguments) -> {
                            // What only looks has five keys and more, and three arguments before its orders.
                            boolean writing =
                                    method.getName().equals("evalsha") && ((Object[]) arguments[2]).length < 5;
                            if (writing && left.getAndDecrement() == 0) {
                                throw new Death();
                            }
                            try {
                                return method.invoke(real.async(), arguments);
                            } catch (InvocationTargetException failed) {
                                throw failed.getCause();
                            }
                        });
        return new DyingConnection(new RedisConnection<>(real.connection(), commands));
    }

    /** True where it died over this. */
    boolean dies(Consumer<RedisConnection<String>> work) {
        try {
            work.accept(connection);
            return false;
        } catch (Death died) {
            return true;
        }
    }
}
