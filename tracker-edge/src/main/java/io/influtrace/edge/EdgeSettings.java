package io.influtrace.edge;

import io.influtrace.edge.http.Senders;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.redis.Deployment.Wanted;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.protocol.settings.SettingText;
import io.influtrace.protocol.settings.Settings;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the edge, each read in this one place.
 *
 * @param redisDeadline the longest wait for a reply of Redis
 * @param durability the least that a 2xx must mean; empty for whatever Redis gives
 * @param rateLimit beacons a second and integration, at each edge
 * @param publicScheme of {@code PUBLIC_URL}, where that is set
 * @param journalBytes the most that the journal of clicks takes on disk
 * @param lead how long a stop goes on answering after readiness said no
 * @param tlsCert with {@code tlsKey}, where this edge itself speaks TLS
 * @param requestTimeout how long a first request head, and again a body, may be on its way
 * @param keepAlive how long a connection may be silent between two requests
 * @param grace how long a stop waits for requests in flight
 */
record EdgeSettings(
        int port,
        int opsPort,
        int eventLoops,
        RedisAddress redis,
        Duration redisDeadline,
        String durability,
        boolean allowWeakRedis,
        Wanted wanted,
        Duration clockOffset,
        Path dataDir,
        Optional<String> publicScheme,
        List<IpSubnetFilterRule> trustedProxies,
        int rateLimit,
        Optional<String> pixelPath,
        long journalBytes,
        Duration lead,
        Optional<Path> tlsCert,
        Optional<Path> tlsKey,
        int maxConnections,
        Duration requestTimeout,
        Duration keepAlive,
        Duration grace) {

    private static final long MEBIBYTE = 1 << 20;

    /** Reads them all; throws {@link Settings.Wrong} with every mistake. */
    static EdgeSettings read(Settings settings) {
        int port = settings.port("EDGE_PORT", 8080, "Port of shoppers, browsers and stores.");
        int opsPort = settings.port("EDGE_OPS_PORT", 9090, "Private port of metrics and health.");
        int cores = Runtime.getRuntime().availableProcessors();
        long loops = settings.value(
                "EDGE_EVENT_LOOPS",
                "",
                "Event loops that answer requests; unset: one for each core.",
                text -> text.isEmpty() ? (long) cores : EdgeSettingText.loops(text));
        int redisPort = settings.port(
                "REDIS_PORT",
                RedisAddress.EMBEDDED_PORT,
                "Port of the worker's embedded Redis, while REDIS_URL is unset.");
        Optional<RedisAddress> redis = settings.optional(
                "REDIS_URL",
                "Redis: redis://, rediss://, redis-sentinel://…#master or redis-cluster://h:p,h:p; unset: the embedded one.",
                RedisAddress::parse);
        Duration deadline = positive(
                settings,
                "REDIS_DEADLINE",
                "PT2S",
                "Longest wait for a reply of Redis, ISO-8601; an order gets 503 then.");
        String durability = settings.value(
                "DURABILITY",
                "",
                "The least that a 202 must mean: os, fsync or replica; unset: whatever Redis gives.",
                EdgeSettingText::durability);
        boolean weak = settings.flag(
                "ALLOW_WEAK_REDIS", false, "true: start although Redis evicts keys or keeps no append-only file.");
        Optional<Partitions> partitions = settings.optional(
                "PARTITIONS",
                "Partitions of a new deployment, 1 to 256; unset: 16, or what the deployment has.",
                SettingText::partitions);
        Optional<TokenKeys> keys = settings.optional(
                "TOKEN_KEYS",
                "Keys of click tokens, id:base64url of 32 bytes, comma-separated, the first signs; unset: made once, kept in Redis.",
                TokenKeys::parse);
        Optional<String> customerKey = settings.optional(
                "CUSTOMER_KEY",
                "Key of hashed emails, base64url of 32 bytes; unset: made once, kept in Redis.",
                SettingText::key);
        Duration offset = settings.duration(
                "CLOCK_OFFSET", Duration.ZERO, "Shifts this process's clock, ISO-8601, to rehearse windows.");
        Path dataDir = settings.value(
                "DATA_DIR",
                "./data",
                "Folder of the journal and the snapshot; each process locks one of its own in it.",
                SettingText::path);
        Optional<String> scheme = settings.optional(
                "PUBLIC_URL",
                "URL by which the world reaches this edge; https makes its cookie Secure.",
                EdgeSettingText::scheme);
        Optional<Path> tlsCert = settings.optional(
                "TLS_CERT",
                "PEM file of the certificate's chain: EDGE_PORT speaks TLS then, and HTTP/2; read again when it changes.",
                SettingText::path);
        Optional<Path> tlsKey =
                settings.optional("TLS_KEY", "PEM file of the certificate's key, PKCS #8.", SettingText::path);
        List<IpSubnetFilterRule> proxies = settings.value(
                "TRUSTED_PROXIES",
                "",
                "Addresses or subnets whose X-Forwarded headers count, comma-separated.",
                Senders::parseTrusted);
        long rate = settings.number(
                "RATE_LIMIT", 1_000, 1, 1_000_000, "Beacons a second and integration at one edge; 429 above.");
        Optional<String> pixelPath = settings.optional(
                "PIXEL_PATH", "A further path of the pixel, such as /shop.js.", EdgeSettingText::pixelPath);
        long journal = settings.number(
                "JOURNAL_MIB",
                256,
                1,
                1 << 20,
                "Most that the journal of clicks takes on disk, MiB; above it clicks leave no record.");
        Duration lead = settings.value(
                "SHUTDOWN_LEAD",
                "PT1S",
                "How long a stop still takes requests after readiness says no, so that load balancers notice, ISO-8601.",
                EdgeSettingText::lead);
        long connections = settings.number(
                "MAX_CONNECTIONS", 10_000, 1, 1_000_000, "Connections open at once; a further one is hung up on.");
        Duration request = positive(
                settings,
                "REQUEST_TIMEOUT",
                "PT10S",
                "Longest wait for a connection's first request head, and for each body, ISO-8601.");
        Duration keepAlive = positive(
                settings,
                "KEEP_ALIVE",
                "PT75S",
                "Longest wait for a connection's next request, ISO-8601; longer than the proxy's before it.");
        Duration grace = positive(
                settings, "SHUTDOWN_GRACE", "PT10S", "Longest wait for requests in flight at a stop, ISO-8601.");
        settings.check();
        return new EdgeSettings(
                port,
                opsPort,
                (int) loops,
                redis.orElseGet(() -> RedisAddress.local(redisPort)),
                deadline,
                durability,
                weak,
                new Wanted(partitions, keys, customerKey),
                offset,
                dataDir,
                scheme,
                proxies,
                (int) rate,
                pixelPath,
                journal * MEBIBYTE,
                lead,
                tlsCert,
                tlsKey,
                (int) connections,
                request,
                keepAlive,
                grace);
    }

    private static Duration positive(Settings settings, String variable, String defaultText, String sentence) {
        return settings.value(variable, defaultText, sentence, EdgeSettingText::positive);
    }
}
