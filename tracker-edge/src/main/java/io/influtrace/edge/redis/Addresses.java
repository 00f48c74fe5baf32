package io.influtrace.edge.redis;

import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.protocol.redis.RedisAddress.Endpoint;
import io.influtrace.protocol.redis.RedisAddress.Kind;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;

/** An address of ours in the words of the Vert.x client. */
final class Addresses {

    private Addresses() {}

    /** Options for the one server, or for whichever server the sentinels name as master. */
    static RedisOptions single(RedisAddress address) {
        RedisOptions options = plain(address);
        address.endpoints().forEach(endpoint -> options.addConnectionString(url(address, endpoint)));
        if (address.kind() == Kind.SENTINEL) {
            options.setType(RedisClientType.SENTINEL)
                    .setMasterName(address.master())
                    .setRole(RedisRole.MASTER);
        }
        return options;
    }

    /** Options for one server of a cluster. */
    static RedisOptions node(RedisAddress address, Endpoint endpoint) {
        return plain(address).setConnectionString(url(address, endpoint));
    }

    private static RedisOptions plain(RedisAddress address) {
        NetClientOptions net = new NetClientOptions().setTcpKeepAlive(true).setTcpNoDelay(true);
        if (address.tls()) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        return new RedisOptions().setNetClientOptions(net).setProtocolNegotiation(false);
    }

    private static String url(RedisAddress address, Endpoint endpoint) {
        String user = address.userInfo().isEmpty() ? "" : address.userInfo() + "@";
        String database = address.database() == 0 ? "" : "/" + address.database();
        return (address.tls() ? "rediss://" : "redis://") + user + endpoint.host() + ":" + endpoint.port() + database;
    }
}
