package io.influtrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code ledger} says to scripts: its exit code, and a line for each difference. */
final class LedgerCommandTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aDifferenceIsALineAndExitCodeOneUntilItIsMended() {
        try (Redis redis = Redis.of(SERVER.address());
                RedisConnection<String> connection = redis.connect()) {
            Answers.of(connection
                    .async()
                    .hset(Keys.META, Map.of("layout", "1", "partitions", "2", "tokenKeys", key(), "customerKey", "x")));
            assertThat(run("verify")).isZero();
            assertThat(lines()).containsExactly("orders=0 unsettled=0 entries=0 differences=0");
            Answers.of(connection.async().hset(LedgerKeys.balances(1), "ava\tUSD\tpaid", "5"));
            assertThat(run("verify")).isEqualTo(1);
            assertThat(lines()).first().isEqualTo("balance p1 ava/USD/paid: stored 5, computed 0");
            assertThat(run("rebuild")).isZero();
            assertThat(lines()).first().isEqualTo("mended balance p1 ava/USD/paid: stored 5, computed 0");
            assertThat(run("verify")).isZero();
        }
    }

    @Test
    void whereThereIsNothingToLookAtTheExitCodeIsTwo() {
        assertThat(run("verify")).isEqualTo(2);
        assertThat(run("burn")).isEqualTo(2);
        assertThat(LedgerCommand.run(List.of("verify"), Map.of("REDIS_URL", "redis://127.0.0.1:1"), stream()))
                .isEqualTo(2);
    }

    private static String key() {
        return "k1:" + "A".repeat(43);
    }

    private int run(String what) {
        out.reset();
        return LedgerCommand.run(List.of(what), Map.of("REDIS_URL", "redis://127.0.0.1:" + SERVER.port()), stream());
    }

    private PrintStream stream() {
        return new PrintStream(out, true, UTF_8);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }
}
