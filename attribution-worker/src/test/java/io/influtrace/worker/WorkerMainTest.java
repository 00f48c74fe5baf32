package io.influtrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.MetaFields;
import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process with the Redis that it brings along: from an empty folder, over ends of every kind. */
final class WorkerMainTest {

    /** What {@code kill} without a number leads to: 128 and the signal. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    void anEmptyFolderIsEnoughAndNothingIsLeftRunning() throws Exception {
        try (WorkerProcess worker = WorkerProcess.launch(folder, Map.of()).serving()) {
            assertThat(worker.ops("/health/live").statusCode()).isEqualTo(200);
            assertThat(worker.ops("/health/ready").body()).isEqualTo("{\"status\":\"ready\",\"degraded\":[]}");
            assertThat(worker.ops("/metrics").body()).contains("influtrace_worker_durability{level=\"fsync\"} 1");
            assertThat(worker.terminate()).isEqualTo(TERMINATED);
            assertThat(worker.redisLives()).isFalse();
            assertThat(worker.said()).contains("worker=stopped").doesNotContain("stop=unclean");
        }
    }

    @Test
    void aRestartFindsItsDeploymentAndAKilledWorkersRedisIsStopped() throws Exception {
        Map<String, String> made;
        try (WorkerProcess first = WorkerProcess.launch(folder, Map.of("PARTITIONS", "4"))) {
            made = deployment(first.serving().redisPort());
            assertThat(made)
                    .containsEntry(MetaFields.PARTITIONS, "4")
                    .containsKeys(MetaFields.TOKEN_KEYS, MetaFields.CUSTOMER_KEY, MetaFields.LAYOUT);
            first.terminate();
        }
        try (WorkerProcess second = WorkerProcess.launch(folder, Map.of())) {
            assertThat(deployment(second.serving().redisPort())).isEqualTo(made);
            second.kill();
            assertThat(second.redisLives()).isTrue();
            try (WorkerProcess third = WorkerProcess.launch(folder, Map.of())) {
                assertThat(deployment(third.serving().redisPort())).isEqualTo(made);
                assertThat(second.redisLives()).isFalse();
            }
        }
        try (WorkerProcess other = WorkerProcess.launch(folder, Map.of("PARTITIONS", "8"))) {
            assertThat(other.exit()).isEqualTo(2);
            assertThat(other.said()).contains("set PARTITIONS=4 or leave it unset");
            assertThat(other.redisLives()).isFalse();
        }
    }

    @Test
    void everyWrongVariableIsNamedAtOnceWithoutItsValue() throws Exception {
        Map<String, String> wrong = Map.of(
                "WORKER_PORT", "eight",
                "PARTITIONS", "257",
                "TOKEN_KEYS", "k1:s3cret",
                "CUSTOMER_KEY", "s3cret",
                "REDIS_URL", "http://u:s3cret@h",
                "ADMIN_TOKEN", "s3cret",
                "PUBLIC_URL", "go.shop.example",
                "SHUTDOWN_GRACE", "10",
                "CLOCK_OFFSET", "1 day",
                "ALLOW_WEAK_REDIS", "yes");
        try (WorkerProcess worker = WorkerProcess.launch(folder, wrong)) {
            assertThat(worker.exit()).isEqualTo(2);
            assertThat(worker.said().lines().map(line -> line.split(" ", 2)[0]))
                    .containsExactlyInAnyOrderElementsOf(wrong.keySet());
            assertThat(worker.said()).doesNotContain("s3cret");
        }
    }

    @Test
    void aPortInUseIsNamedByItsVariableAndNothingIsLeftRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            for (String variable : List.of("WORKER_PORT", "WORKER_OPS_PORT")) {
                try (WorkerProcess worker = WorkerProcess.launch(folder, Map.of(variable, port))) {
                    assertThat(worker.exit()).isEqualTo(2);
                    assertThat(worker.said()).contains(variable + " " + port + " cannot be opened");
                    assertThat(worker.redisLives()).isFalse();
                }
            }
        }
    }

    @Test
    void aRedisThatIsNotThereIsNamedWithoutItsPassword() throws Exception {
        Map<String, String> nobody = Map.of("REDIS_URL", "redis://:s3cret@127.0.0.1:1");
        try (WorkerProcess worker = WorkerProcess.launch(folder, nobody)) {
            assertThat(worker.exit()).isEqualTo(2);
            assertThat(worker.said()).contains("127.0.0.1:1", "REDIS_URL").doesNotContain("s3cret");
        }
    }

    private static Map<String, String> deployment(int redisPort) throws Exception {
        try (Redis redis = Redis.of(RedisAddress.local(redisPort));
                RedisConnection<String> connection = redis.connect()) {
            return connection.async().hgetall(Keys.META).toCompletableFuture().get();
        }
    }
}
