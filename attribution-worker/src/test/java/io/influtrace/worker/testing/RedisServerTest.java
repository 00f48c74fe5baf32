package io.influtrace.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests' own Redis is what the tests believe it to be. */
final class RedisServerTest {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.with();

    @Test
    void whatWasWrittenSurvivesAKill() throws Exception {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", REDIS.port()));
        try (StatefulRedisConnection<String, String> before = client.connect()) {
            before.sync().set("kept", "yes");
            REDIS.kill();
        }
        REDIS.startAgain();
        try (StatefulRedisConnection<String, String> after = client.connect()) {
            assertThat(after.sync().get("kept")).isEqualTo("yes");
            assertThat(after.sync().configGet("appendfsync")).containsEntry("appendfsync", "always");
        }
        client.shutdown();
    }
}
