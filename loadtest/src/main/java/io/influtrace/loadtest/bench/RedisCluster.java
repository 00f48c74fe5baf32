package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/** A Redis Cluster of masters without replicas, all on the load's core. */
final class RedisCluster implements AutoCloseable {

    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

    private final List<RedisServer> masters;
    private final UnifiedJedis client;

    private RedisCluster(List<RedisServer> masters) {
        this.masters = masters;
        Set<HostAndPort> nodes = new HashSet<>();
        masters.forEach(master -> nodes.add(new HostAndPort("127.0.0.1", master.port())));
        this.client = RedisClusterClient.create(nodes);
    }

    static RedisCluster of(Bed bed, int masters, String fsync) throws LoadtestFailure, IOException {
        List<RedisServer> servers = new ArrayList<>();
        List<String> create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        for (int master = 0; master < masters; master++) {
            RedisServer server = bed.redis(fsync, "--cluster-enabled", "yes");
            servers.add(server);
            create.add("127.0.0.1:" + server.port());
        }
        create.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
        Tool.run(create);
        long end = System.nanoTime() + PATIENCE;
        while (!servers.stream().allMatch(RedisCluster::isWhole)) {
            if (System.nanoTime() > end) {
                throw new BenchFailure("The cluster does not come together.");
            }
            LockSupport.parkNanos(50_000_000);
        }
        return new RedisCluster(servers);
    }

    private static boolean isWhole(RedisServer master) {
        try (Jedis jedis = new Jedis("127.0.0.1", master.port())) {
            return jedis.clusterInfo().contains("cluster_state:ok");
        }
    }

    String url() {
        return "redis-cluster://"
                + String.join(
                        ",",
                        masters.stream().map(one -> "127.0.0.1:" + one.port()).toList());
    }

    UnifiedJedis client() {
        return client;
    }

    double cpuSeconds() {
        return masters.stream().mapToDouble(RedisServer::cpuSeconds).sum();
    }

    @Override
    public void close() {
        client.close();
    }
}
