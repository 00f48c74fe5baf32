package io.influtrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that would lose orders is refused unless somebody says so. */
final class UnfitRedisTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.with("--appendonly", "no");

    @Test
    void redisWithoutAppendOnlyFileIsRefusedUnlessAllowed() throws Exception {
        assertThatThrownBy(() -> RunningEdge.start(REDIS)).hasMessageContaining("CONFIG SET appendonly yes");
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("ALLOW_WEAK_REDIS", "true"))) {
            assertThat(edge.metric("influtrace_edge_durability{level=\"memory\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void redisThatEvictsIsRefused() {
        REDIS.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        assertThatThrownBy(() -> RunningEdge.start(REDIS)).hasMessageContaining("maxmemory-policy noeviction");
        REDIS.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
}
