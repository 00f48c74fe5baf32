package io.influtrace.worker;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.http.Connections;
import io.influtrace.protocol.redis.Deployment.Wanted;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.protocol.settings.SettingText;
import io.influtrace.protocol.settings.Settings;
import io.influtrace.worker.click.Sweep;
import io.influtrace.worker.intake.Attributor;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the worker, each read in this one place.
 *
 * @param redis a server of the operator's own; empty: the embedded one
 * @param publicUrl without a slash at its end
 * @param lead how long a stop goes on answering after readiness said no
 * @param grace how long a stop waits for what is in hand
 */
record WorkerSettings(
        int port,
        int opsPort,
        Optional<RedisAddress> redis,
        int redisPort,
        boolean allowWeakRedis,
        Wanted wanted,
        Duration clockOffset,
        Path dataDir,
        String publicUrl,
        Optional<String> adminToken,
        Duration lead,
        Duration grace,
        Connections.Limits limits,
        Attributor.Rules rules) {

    private static final Duration LEAST_GRACE = Duration.ofSeconds(1);
    private static final Duration MOST_GRACE = Duration.ofMinutes(10);
    private static final Duration MOST_LEAD = Duration.ofMinutes(5);
    private static final Duration LEAST_WAIT = Duration.ofMillis(10);
    private static final Duration MOST_WAIT = Duration.ofHours(1);

    /** Between two heads of a connection lies an answer: a replay over all orders, at the worst. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    private static final Duration MOST_RETENTION = Duration.ofDays(3_660);

    /** Shorter, and a worker that waits for Redis would lose what is in its hands. */
    private static final Duration LEAST_ABANDONED = Duration.ofSeconds(4);

    /** Reads them all; throws {@link Settings.Wrong} with every mistake. */
    static WorkerSettings read(Settings settings) {
        int port = settings.port("WORKER_PORT", 8081, "Port of merchants, creators and finance.");
        int opsPort = settings.port("WORKER_OPS_PORT", 9091, "Private port of metrics and health.");
        Optional<RedisAddress> redis = settings.optional(
                "REDIS_URL",
                "Redis: redis://, rediss://, redis-sentinel://…#master or redis-cluster://h:p,h:p; unset: the embedded one.",
                RedisAddress::parse);
        int redisPort = settings.port(
                "REDIS_PORT",
                RedisAddress.EMBEDDED_PORT,
                "Port of the embedded Redis on 127.0.0.1, while REDIS_URL is unset.");
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
                "Folder of the embedded Redis (locked by its worker) and of the first admin token.",
                SettingText::path);
        int edgePort = settings.port(
                "EDGE_PORT",
                8080,
                "Port of the edge on this machine, for links and snippets while PUBLIC_URL is unset.");
        Optional<String> publicUrl = settings.optional(
                "PUBLIC_URL", "URL by which the world reaches the edge, for links and snippets.", WorkerSettings::url);
        Optional<String> adminToken = settings.optional(
                "ADMIN_TOKEN",
                "The first admin token, 8 to 256 visible characters; unset: made once, kept in DATA_DIR/admin-token.",
                WorkerSettings::token);
        Duration lead = settings.value(
                "SHUTDOWN_LEAD",
                "PT1S",
                "How long a stop still takes requests after readiness says no, so that load balancers notice, ISO-8601.",
                text -> SettingText.within(text, Duration.ZERO, MOST_LEAD));
        Duration grace = settings.value(
                "SHUTDOWN_GRACE",
                "PT10S",
                "Longest wait for what is in hand at a stop, ISO-8601.",
                WorkerSettings::grace);
        long connections = settings.number(
                "MAX_CONNECTIONS", 1_000, 1, 1_000_000, "Connections open at once; a further one is hung up on.");
        Duration request = settings.value(
                "REQUEST_TIMEOUT",
                "PT10S",
                "Longest wait for a connection's first request head, and for each body, ISO-8601.",
                text -> SettingText.within(text, LEAST_WAIT, MOST_WAIT));
        Duration keepAlive = settings.value(
                "KEEP_ALIVE",
                "PT75S",
                "Longest wait for a connection's next request, ISO-8601; longer than the proxy's before it.",
                text -> SettingText.within(text, LEAST_WAIT, MOST_WAIT));
        Duration retention = settings.value(
                "CLICK_RETENTION",
                "P400D",
                "How long a click stays in the attribution log, ISO-8601; 374 days or more, for windows and their grace.",
                WorkerSettings::retention);
        Duration abandoned = settings.value(
                "CLAIM_AFTER",
                "PT10S",
                "How long a report lies with a silent worker before another takes it over, ISO-8601.",
                WorkerSettings::abandoned);
        int tries = settings.value(
                "MAX_TRIES",
                "5",
                "Tries after which a report that cannot be settled goes to the dead letters, 1 to 99.",
                WorkerSettings::tries);
        settings.check();
        return new WorkerSettings(
                port,
                opsPort,
                redis,
                redisPort,
                weak,
                new Wanted(partitions, keys, customerKey),
                offset,
                dataDir.toAbsolutePath().normalize(),
                publicUrl.orElse("http://localhost:" + edgePort),
                adminToken,
                lead,
                grace,
                new Connections.Limits((int) connections, request, keepAlive.plus(LONGEST_ANSWER)),
                new Attributor.Rules(abandoned, tries, retention));
    }

    private static String url(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (uri.getHost() != null && bare && ("http".equals(scheme) || "https".equals(scheme))) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException("must be an http or https URL", unreadable);
        }
        throw new IllegalArgumentException("must be an http or https URL without query");
    }

    private static String token(String text) {
        if (!text.matches("[!-~]{8,256}")) {
            throw new IllegalArgumentException("must be 8 to 256 visible ASCII characters");
        }
        return text;
    }

    private static Duration grace(String text) {
        return SettingText.within(text, LEAST_GRACE, MOST_GRACE);
    }

    private static Duration retention(String text) {
        return SettingText.within(text, Sweep.LEAST_RETENTION, MOST_RETENTION);
    }

    private static Duration abandoned(String text) {
        return SettingText.within(text, LEAST_ABANDONED, MOST_GRACE);
    }

    private static int tries(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("must be a whole number within 1 and 99");
        }
        return Integer.parseInt(text);
    }

    /** Without any secret. */
    @Override
    public String toString() {
        return "WorkerSettings[port=" + port + ", opsPort=" + opsPort + "]";
    }
}
