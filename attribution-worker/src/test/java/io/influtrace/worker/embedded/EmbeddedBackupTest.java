package io.influtrace.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Redis is an old one with an append-only file of one piece: its backup is restored like any other's. */
final class EmbeddedBackupTest {

    @TempDir
    Path folder;

    @Test
    void whatTheEmbeddedRedisHadAtItsBackupIsThereAfterARestoreIntoAnEmptyFolder() throws Exception {
        Path backup = folder.resolve("backup.rdb");
        EmbeddedRedis first = EmbeddedRedis.start(folder.resolve("lost"), 0, "");
        try (Redis redis = Redis.of(first.address());
                RedisConnection<String> connection = redis.connect()) {
            connection.async().set("kept", "yes").toCompletableFuture().get(30, TimeUnit.SECONDS);
            script(
                    "backup",
                    backup.toString(),
                    first.address().endpoints().get(0).port());
            connection.async().set("later", "yes").toCompletableFuture().get(30, TimeUnit.SECONDS);
        } finally {
            first.stop();
        }
        Path fresh = folder.resolve("fresh");
        script("restore", backup.toString(), 0, fresh.toString());
        EmbeddedRedis second = EmbeddedRedis.start(fresh, 0, "");
        try (Redis redis = Redis.of(second.address());
                RedisConnection<String> connection = redis.connect()) {
            assertThat(get(connection, "kept")).isEqualTo("yes");
            assertThat(get(connection, "later")).isEmpty();
            assertThat(get(connection, Keys.RESTORED)).isEqualTo("1");
        } finally {
            second.stop();
        }
    }

    private static String get(RedisConnection<String> connection, String key) throws Exception {
        String found = connection.async().get(key).toCompletableFuture().get(30, TimeUnit.SECONDS);
        return found == null ? "" : found;
    }

    private void script(String name, String file, int redisPort, String... more) throws Exception {
        Path said = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(
                List.of(Path.of("..", "scripts", name).toAbsolutePath().toString(), file));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().remove("REDIS_URL");
        builder.environment().put("REDIS_PORT", Integer.toString(redisPort));
        Process script = builder.start();
        assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).as(Files.readString(said)).isZero();
    }
}
