package io.influtrace.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The level of a promise, read from what a server says of itself. */
final class DurabilityTest {

    private static final String KEEPS = "# Memory\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n";

    @Test
    void theLevelFollowsFromTheAppendOnlyFileAndItsFsync() {
        assertThat(Durability.of(KEEPS, "always")).isEqualTo(new Durability("fsync", ""));
        assertThat(Durability.of(KEEPS, "everysec")).isEqualTo(new Durability("os", ""));
        assertThat(Durability.of(KEEPS, "")).isEqualTo(new Durability("os", ""));
        assertThat(Durability.of("", "")).isEqualTo(new Durability("unknown", ""));
        Durability memory = Durability.of("maxmemory_policy:noeviction\naof_enabled:0", "always");
        assertThat(memory.level()).isEqualTo("memory");
        assertThat(memory.complaint()).contains("CONFIG SET appendonly yes");
    }

    @Test
    void aServerThatEvictsIsComplainedAboutByItsPolicy() {
        assertThat(Durability.of("maxmemory_policy:allkeys-lru\naof_enabled:1", "always")
                        .complaint())
                .contains("maxmemory-policy allkeys-lru", "CONFIG SET maxmemory-policy noeviction");
    }

    @Test
    void severalServersAreAsGoodAsTheWeakest() {
        Durability good = new Durability("fsync", "");
        assertThat(good.and(new Durability("os", ""))).isEqualTo(new Durability("os", ""));
        assertThat(new Durability("memory", "mend it").and(good)).isEqualTo(new Durability("memory", "mend it"));
        assertThat(good.and(new Durability("unknown", ""))).isEqualTo(new Durability("unknown", ""));
    }
}
