package io.influtrace.worker;

import io.influtrace.protocol.redis.Deployment;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.protocol.settings.Settings;
import io.influtrace.worker.proof.Proof;
import io.influtrace.worker.proof.Statement;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.RedisException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * {@code ledger verify} and {@code ledger rebuild}: the books of {@code REDIS_URL}, or of the worker that runs here with its
 * embedded Redis. Exit code 0 where all agrees, 1 where something does not, 2 where it could not be looked at.
 */
final class LedgerCommand {

    private static final int DIFFERS = 1;
    private static final int TO_BE_MENDED = 2;

    private LedgerCommand() {}

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        if (!arguments.equals(List.of("verify")) && !arguments.equals(List.of("rebuild"))) {
            return refused("Say ledger verify, which only looks, or ledger rebuild, which mends what can be mended.");
        }
        WorkerSettings settings;
        try {
            settings = WorkerSettings.read(Settings.of(environment));
        } catch (Settings.Wrong wrong) {
            return refused(String.valueOf(wrong.getMessage()));
        }
        RedisAddress address = settings.redis().orElseGet(() -> RedisAddress.local(settings.redisPort()));
        try (Redis redis = Redis.of(address);
                RedisConnection<String> connection = redis.connect()) {
            Deployment deployment =
                    settings.wanted().with(Answers.of(connection.async().hgetall(Keys.META)));
            Clock clock = Clock.offset(Clock.systemUTC(), settings.clockOffset());
            Proof proof = Proof.of(
                    connection, deployment.partitions(), clock, settings.rules().retention());
            Statement statement = arguments.get(0).equals("verify") ? proof.verify() : proof.rebuild();
            statement.lines().forEach(out::println);
            return statement.agrees() ? 0 : DIFFERS;
        } catch (RedisAway | RedisException away) {
            return refused("Redis (" + address + ") cannot be asked: " + away.getMessage()
                    + "; start the worker, or say by REDIS_URL where its Redis is.");
        } catch (IllegalStateException notOurs) {
            return refused(String.valueOf(notOurs.getMessage()));
        }
    }

    private static int refused(String sentence) {
        System.err.println(sentence);
        return TO_BE_MENDED;
    }
}
