package io.influtrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.settings.Settings;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.StartChecks;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.Range;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What could not be settled is listed, shown, and put back once. */
final class DeadLettersCommandTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void lettersAreListedShownAndReplayedExactlyOnce() throws Exception {
        try (Redis redis = Redis.of(SERVER.address());
                RedisConnection<String> connection = redis.connect()) {
            Map<String, String> environment =
                    Map.of("REDIS_URL", "redis://127.0.0.1:" + SERVER.port(), "PARTITIONS", "4");
            StartChecks.over(connection)
                    .meet(WorkerSettings.read(Settings.of(environment)).wanted());
            Map<String, String> letter = Map.of(
                    "v", "9", "k", "order", "id", "shop/O-1", "dead.reason", "unknown_version", "dead.id", "7-0");
            String entry = connection.async().xadd(Keys.deadLetters(3), letter).get();
            String id = "3/" + entry;

            assertThat(run(environment, "list")).isZero();
            assertThat(run(environment, "list", "bad_utf8")).isZero();
            assertThat(run(environment, "show", id)).isZero();
            assertThat(said.toString(UTF_8).lines())
                    .containsExactly(
                            id + "  unknown_version  order shop/O-1",
                            "dead.id = 7-0",
                            "dead.reason = unknown_version",
                            "id = shop/O-1",
                            "k = order",
                            "v = 9");
            assertThat(run(environment, "replay", id)).isZero();
            assertThat(run(environment, "replay", id)).as("a second time").isEqualTo(1);
            assertThat(run(environment, "show", id)).isEqualTo(1);
            assertThat(run(environment, "replay", "99/" + entry)).isEqualTo(1);
            assertThat(connection
                            .async()
                            .xrange(Keys.reports(3), Range.unbounded())
                            .get())
                    .extracting(message -> message.getBody())
                    .containsExactly(Map.of("v", "9", "k", "order", "id", "shop/O-1"));
            assertThat(connection.async().hgetall(LedgerKeys.tally(3)).get())
                    .containsExactly(Map.entry("replayed.unknown_version", "1"));
        }
    }

    @Test
    void aCallThatIsNoneIsRefused() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(run(Map.of(), "show")).isEqualTo(2);
        assertThat(run(Map.of("REDIS_URL", "redis://127.0.0.1:1"), "list")).isEqualTo(2);
    }

    private int run(Map<String, String> environment, String... arguments) {
        return DeadLettersCommand.run(List.of(arguments), environment, new PrintStream(said, true, UTF_8));
    }
}
