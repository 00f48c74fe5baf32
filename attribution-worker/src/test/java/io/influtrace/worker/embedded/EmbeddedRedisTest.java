package io.influtrace.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Refused;
import io.influtrace.worker.testing.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Redis that nobody had to install keeps what it promised, however it ended the last time. */
final class EmbeddedRedisTest {

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesARestart() throws Exception {
        EmbeddedRedis first = start();
        put(first, "kept", "yes");
        assertThat(configured(first, "appendfsync")).isEqualTo("always");
        assertThat(configured(first, "maxmemory-policy")).isEqualTo("noeviction");
        first.stop();
        assertThat(ProcessHandle.of(first.pid()).filter(ProcessHandle::isAlive)).isEmpty();

        EmbeddedRedis second = start();
        assertThat(get(second, "kept")).isEqualTo("yes");
        second.stop();
    }

    @Test
    void theOneThatDiesIsStartedAgainWithItsData() throws Exception {
        EmbeddedRedis redis = start();
        put(redis, "kept", "yes");
        long dead = redis.pid();
        ProcessHandle.of(dead).orElseThrow().destroyForcibly();
        Await.until("it is started again", () -> redis.restarts() == 1 && redis.pid() != dead);
        Await.until("it answers", () -> answers(redis));
        assertThat(get(redis, "kept")).isEqualTo("yes");
        redis.stop();
        assertThat(ProcessHandle.of(redis.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void theOneThatAKilledWorkerLeftIsStoppedWhereverItListened() throws Exception {
        RedisFolder abandoned = RedisFolder.lock(folder);
        RedisProgram program = RedisProgram.find(abandoned, RedisProgram::shipped, "");
        int port = freePort();
        RedisProcess left = RedisProcess.start(program, abandoned, port);
        abandoned.close();

        EmbeddedRedis fresh = start();
        assertThat(ProcessHandle.of(left.pid()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(fresh.address().endpoints().get(0).port()).isNotEqualTo(port);
        fresh.stop();
    }

    @Test
    void aStrangerThatGotTheNumberOfTheLastProcessIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(folder.resolve("redis.pid"), stranger.pid() + "\n");
            start().stop();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aPortInUseIsRefusedByItsVariable() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(EmbeddedRedis.LOOPBACK))) {
            assertThatThrownBy(() -> EmbeddedRedis.start(folder, taken.getLocalPort(), ""))
                    .isInstanceOf(Refused.class)
                    .hasMessageStartingWith("REDIS_PORT " + taken.getLocalPort() + " is in use");
        }
        start().stop();
    }

    @Test
    void aSecondWorkerNeverOpensTheSameData() throws Exception {
        EmbeddedRedis first = start();
        assertThatThrownBy(this::start)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("a second worker needs REDIS_URL");
        first.stop();
    }

    @Test
    void aMissingLibraryIsNamedWithWhatInstallsIt() throws Exception {
        RedisProgram.Source broken =
                script("echo 'error while loading shared libraries: libssl.so.3: no such file'; exit 127");
        assertThatThrownBy(() -> EmbeddedRedis.start(folder, 0, broken, ""))
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll("libssl.so.3: no such file", "apt-get install libssl3", "set REDIS_URL");
    }

    @Test
    void anInstalledOneStepsInWhereTheShippedOneCannotRun() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path installed = RedisProgram.shipped(bin);
        EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("data"), 0, script("exit 127"), bin.toString());
        assertThat(ProcessHandle.of(redis.pid()).orElseThrow().info().command())
                .contains(installed.toRealPath().toString());
        redis.stop();
    }

    @Test
    void anOlderProgramNeverOpensWhatANewerOneWrote() throws Exception {
        Files.writeString(folder.resolve("written-by"), "7.0.15\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll("was written by 7.0.15", "redis-server 7.0.15 or newer");
    }

    @Test
    void aDamagedFileStopsTheStartInTheServersOwnWords() throws Exception {
        EmbeddedRedis first = start();
        put(first, "one", "x".repeat(100));
        put(first, "two", "y".repeat(100));
        first.stop();
        try (FileChannel file = FileChannel.open(folder.resolve("appendonly.aof"), StandardOpenOption.WRITE)) {
            file.position(file.size() / 2).write(ByteBuffer.wrap(new byte[40]));
        }
        assertThatThrownBy(this::start)
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("The embedded Redis stopped at its start: Bad file format");
    }

    @Test
    void aTailThatAPowerCutToreOffIsSaidAndTheRestIsThere() throws Exception {
        EmbeddedRedis first = start();
        put(first, "one", "x");
        put(first, "two", "y");
        first.stop();
        Path aof = folder.resolve("appendonly.aof");
        RedisLog log = RedisLog.since(folder.resolve("redis.log"));
        try (FileChannel file = FileChannel.open(aof, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 3);
        }
        EmbeddedRedis second = start();
        assertThat(get(second, "one")).isEqualTo("x");
        assertThat(log.alarms()).anyMatch(alarm -> alarm.contains("truncat"));
        second.stop();
    }

    private EmbeddedRedis start() throws Exception {
        return EmbeddedRedis.start(folder, 0, "");
    }

    private RedisProgram.Source script(String body) throws Exception {
        Path script = Files.writeString(folder.resolve("broken"), "#!/bin/sh\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return anywhere -> script;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void put(EmbeddedRedis server, String key, String value) throws Exception {
        try (Redis redis = Redis.of(server.address());
                RedisConnection<String> connection = redis.connect()) {
            connection.async().set(key, value).toCompletableFuture().get();
        }
    }

    private static String get(EmbeddedRedis server, String key) throws Exception {
        try (Redis redis = Redis.of(server.address());
                RedisConnection<String> connection = redis.connect()) {
            return connection.async().get(key).toCompletableFuture().get();
        }
    }

    private static String configured(EmbeddedRedis server, String option) throws Exception {
        try (Redis redis = Redis.of(server.address());
                RedisConnection<String> connection = redis.connect()) {
            Map<String, String> options =
                    connection.async().configGet(option).toCompletableFuture().get();
            return options.getOrDefault(option, "");
        }
    }

    private static boolean answers(EmbeddedRedis server) {
        try {
            return get(server, "kept") != null;
        } catch (Exception notYet) {
            return false;
        }
    }
}
