package io.influtrace.protocol.redis;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where Redis is, as {@code REDIS_URL} says: {@code redis://}, {@code rediss://}, {@code redis-sentinel://…#master} or
 * {@code redis-cluster://h:p,h:p}.
 *
 * @param endpoints one, or a cluster's or the sentinels' seeds
 * @param userInfo {@code user:password}, {@code :password} or empty
 * @param database 0 or above; always 0 for a cluster
 * @param master the master's name for sentinels, else empty
 */
public record RedisAddress(
        Kind kind, List<Endpoint> endpoints, String userInfo, boolean tls, int database, String master) {

    /** Where the worker's embedded Redis listens unless {@code REDIS_PORT} says otherwise. */
    public static final int EMBEDDED_PORT = 6379;

    private static final Set<String> SCHEMES =
            Set.of("redis", "rediss", "redis-sentinel", "redis-cluster", "rediss-cluster");

    public RedisAddress {
        endpoints = List.copyOf(endpoints);
    }

    /** How the servers belong together. */
    public enum Kind {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** One server. */
    public record Endpoint(String host, int port) {}

    /** The server on this machine's loopback address. */
    public static RedisAddress local(int port) {
        return new RedisAddress(Kind.STANDALONE, List.of(new Endpoint("127.0.0.1", port)), "", false, 0, "");
    }

    /** Reads the setting; the {@link IllegalArgumentException}'s message says what is wrong, without any password. */
    public static RedisAddress parse(String url) {
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon);
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    "must begin with redis://, rediss://, redis-sentinel:// or redis-cluster://");
        }
        Kind kind = scheme.endsWith("sentinel")
                ? Kind.SENTINEL
                : scheme.endsWith("cluster") ? Kind.CLUSTER : Kind.STANDALONE;
        String rest = url.substring(colon + 3);
        int end =
                rest.indexOf('/') >= 0 ? rest.indexOf('/') : rest.indexOf('#') >= 0 ? rest.indexOf('#') : rest.length();
        String authority = rest.substring(0, end);
        int at = authority.lastIndexOf('@');
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",", -1)) {
            endpoints.add(endpoint(host, kind == Kind.SENTINEL ? 26379 : 6379));
        }
        if (kind == Kind.STANDALONE && endpoints.size() > 1) {
            throw new IllegalArgumentException("names several servers; use redis-cluster:// or redis-sentinel://");
        }
        String tail = rest.substring(end);
        int hash = tail.indexOf('#');
        String master = hash < 0 ? "" : tail.substring(hash + 1);
        if (kind == Kind.SENTINEL && master.isEmpty()) {
            throw new IllegalArgumentException("must end with #name-of-the-master");
        }
        int database = database(hash < 0 ? tail : tail.substring(0, hash));
        if (kind == Kind.CLUSTER && database != 0) {
            throw new IllegalArgumentException("a cluster has database 0 only");
        }
        return new RedisAddress(
                kind,
                endpoints,
                at < 0 ? "" : authority.substring(0, at),
                scheme.startsWith("rediss"),
                database,
                master);
    }

    private static Endpoint endpoint(String text, int defaultPort) {
        try {
            URI uri = URI.create("redis://" + text);
            if (uri.getHost() != null) {
                return new Endpoint(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort());
            }
        } catch (IllegalArgumentException unreadable) {
            // Answered below, in words that repeat nothing of the address but its host part.
        }
        throw new IllegalArgumentException("has no readable host and port in '" + text + "'");
    }

    private static int database(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return 0;
        }
        if (!path.matches("/[0-9]{1,4}")) {
            throw new IllegalArgumentException("must end with /number-of-the-database");
        }
        return Integer.parseInt(path.substring(1));
    }

    /** The address without its password, for logs. */
    @Override
    public String toString() {
        List<String> hosts = endpoints.stream()
                .map(endpoint -> endpoint.host + ":" + endpoint.port)
                .toList();
        return kind.name().toLowerCase(Locale.ROOT) + " " + String.join(",", hosts) + (tls ? " tls" : "");
    }
}
