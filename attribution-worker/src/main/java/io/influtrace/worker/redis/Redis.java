package io.influtrace.worker.redis;

import io.influtrace.protocol.redis.RedisAddress;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The client of one Redis: a server, a master found by sentinels, or a cluster. Opens connections; thread-safe. */
public final class Redis implements Connections, AutoCloseable {

    /** How long a command may take; what 503 within 2 s allows. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Commands in flight or waiting on one connection; beyond it they fail instead of growing the heap. */
    private static final int MAX_QUEUED = 16_384;

    /** The longest pause between two tries to reconnect: a Redis that comes back is seen well within five seconds. */
    private static final Duration MAX_RECONNECT = Duration.ofSeconds(1);

    private static final Duration MIN_RECONNECT = Duration.ofMillis(20);
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(10);

    private final RedisAddress address;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    private Redis(RedisAddress address, ClientResources resources, AbstractRedisClient client) {
        this.address = address;
        this.resources = resources;
        this.client = client;
    }

    /** The client of an address; nothing is connected yet. {@code latency} hears of every command's duration. */
    public static Redis of(RedisAddress address, CommandLatencyRecorder latency) {
        ClientResources resources = ClientResources.builder()
                .commandLatencyRecorder(latency)
                .reconnectDelay(() -> Delay.fullJitter(MIN_RECONNECT, MAX_RECONNECT, 2, TimeUnit.MILLISECONDS))
                .build();
        if (address.kind() == RedisAddress.Kind.CLUSTER) {
            List<RedisURI> seeds = address.endpoints().stream()
                    .map(endpoint -> uri(address, endpoint))
                    .toList();
            RedisClusterClient client = RedisClusterClient.create(resources, seeds);
            client.setOptions(clusterOptions());
            return new Redis(address, resources, client);
        }
        RedisClient client = RedisClient.create(resources, single(address));
        client.setOptions(options(ClientOptions.builder()).build());
        return new Redis(address, resources, client);
    }

    /** The client of an address whose round trips nobody measures. */
    public static Redis of(RedisAddress address) {
        return of(address, CommandLatencyRecorder.disabled());
    }

    @Override
    public RedisConnection<String> connect() {
        return connect(StringCodec.UTF8, TIMEOUT);
    }

    @Override
    public <V> RedisConnection<V> connect(RedisCodec<String, V> codec, Duration timeout) {
        if (client instanceof RedisClusterClient cluster) {
            StatefulRedisClusterConnection<String, V> connection = cluster.connect(codec);
            connection.setTimeout(timeout);
            return new RedisConnection<>(connection, connection.async());
        }
        StatefulRedisConnection<String, V> connection = ((RedisClient) client).connect(codec);
        connection.setTimeout(timeout);
        return new RedisConnection<>(connection, connection.async());
    }

    /** Where it is, without a password. */
    public RedisAddress address() {
        return address;
    }

    /** Closes every connection. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        resources.shutdown(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static <B extends ClientOptions.Builder> B options(B builder) {
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_QUEUED)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(TIMEOUT)
                        .keepAlive(true)
                        .build());
        return builder;
    }

    private static ClusterClientOptions clusterOptions() {
        return options(ClusterClientOptions.builder())
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                        .build())
                .build();
    }

    private static RedisURI single(RedisAddress address) {
        if (address.kind() != RedisAddress.Kind.SENTINEL) {
            return uri(address, address.endpoints().get(0));
        }
        RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(address.master());
        address.endpoints().forEach(sentinel -> builder.withSentinel(sentinel.host(), sentinel.port()));
        return finished(builder, address);
    }

    private static RedisURI uri(RedisAddress address, RedisAddress.Endpoint endpoint) {
        return finished(RedisURI.builder().withHost(endpoint.host()).withPort(endpoint.port()), address);
    }

    private static RedisURI finished(RedisURI.Builder builder, RedisAddress address) {
        String[] user = address.userInfo().split(":", 2);
        if (user.length == 2 && user[0].isEmpty()) {
            builder.withPassword(user[1].toCharArray());
        } else if (user.length == 2) {
            builder.withAuthentication(user[0], user[1].toCharArray());
        }
        return builder.withSsl(address.tls())
                .withDatabase(address.database())
                .withTimeout(TIMEOUT)
                .build();
    }
}
