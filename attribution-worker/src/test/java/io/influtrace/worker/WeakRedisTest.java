package io.influtrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.testing.RedisServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that could lose an accepted order is refused with the words that mend it, unless somebody insists. */
final class WeakRedisTest {

    @RegisterExtension
    static final RedisServer EVICTING = RedisServer.with("--maxmemory-policy", "allkeys-lru");

    @RegisterExtension
    static final RedisServer FORGETFUL = RedisServer.with("--appendonly", "no");

    @RegisterExtension
    static final RedisServer SILENT = RedisServer.with("--appendfsync", "everysec", "--rename-command", "CONFIG", "");

    @TempDir
    Path folder;

    @Test
    void aServerThatEvictsIsRefused() throws Exception {
        try (WorkerProcess worker = WorkerProcess.launch(folder, Map.of("REDIS_URL", url(EVICTING)))) {
            assertThat(worker.exit()).isEqualTo(2);
            assertThat(worker.said()).contains("CONFIG SET maxmemory-policy noeviction");
        }
    }

    @Test
    void aServerWithoutAnAppendOnlyFileIsRefusedUnlessItIsAllowed() throws Exception {
        try (WorkerProcess worker = WorkerProcess.launch(folder, Map.of("REDIS_URL", url(FORGETFUL)))) {
            assertThat(worker.exit()).isEqualTo(2);
            assertThat(worker.said()).contains("CONFIG SET appendonly yes");
        }
        Map<String, String> insisting = Map.of("REDIS_URL", url(FORGETFUL), "ALLOW_WEAK_REDIS", "true");
        try (WorkerProcess worker = WorkerProcess.launch(folder, insisting).serving()) {
            assertThat(worker.said()).contains("redis=weak", "durability=memory");
            assertThat(worker.ops("/metrics").body()).contains("influtrace_worker_durability{level=\"memory\"} 1");
        }
    }

    @Test
    void aServerThatTellsNothingOfItsFsyncIsTakenForTheWeaker() throws Exception {
        try (WorkerProcess worker =
                WorkerProcess.launch(folder, Map.of("REDIS_URL", url(SILENT))).serving()) {
            assertThat(worker.said()).contains("redis=silent command=CONFIG", "durability=os");
        }
    }

    private static String url(RedisServer server) {
        return "redis://127.0.0.1:" + server.port();
    }
}
