package io.influtrace.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.RedisAddress.Endpoint;
import io.influtrace.protocol.redis.RedisAddress.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things lie, and where Redis is. */
final class RedisLayoutTest {

    @Test
    void allOfOneClickLiesUnderOneTag() {
        ClickId id = new ClickId(3, 30, 0x9f3a12bc, 130);
        assertThat(List.of(Keys.bucket(id), Keys.statuses(id), Keys.due(3, 30), Keys.kept(3, 30)))
                .containsExactly("{p03}c:30:9f3a12bc:2", "{p03}s:30:9f3a12bc:2", "{p03}due:30", "{p03}kept:30");
        assertThat(Keys.clickCounts(12, 1_772_359_200_000L)).isEqualTo("{p12}n:20260301");
        assertThat(Keys.visitors(12, 1_772_359_199_999L, 7)).isEqualTo("{p12}u:20260301:7");
        assertThat(Keys.visitors(12, 1_772_323_199_999L, 7)).isEqualTo("{p12}u:20260228:7");
    }

    @Test
    void anOrdersPartitionComesFromItsIdentityAlone() {
        Partitions sixteen = new Partitions(16);
        assertThat(sixteen.of(new OrderIdentity("shop", "O-1"))).isEqualTo(sixteen.ofName("shop/O-1"));
        long distinct = IntStream.range(0, 1_000)
                .map(i -> sixteen.of(new OrderIdentity("shop", "O-" + i)))
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(16);
        assertThatThrownBy(() -> new Partitions(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Partitions(257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesOfEveryKindAreRead() {
        assertThat(RedisAddress.parse("redis://h")).isEqualTo(one(Kind.STANDALONE, "h", 6379, "", false, 0));
        assertThat(RedisAddress.parse("rediss://u:p@w@h:7000/2"))
                .isEqualTo(one(Kind.STANDALONE, "h", 7000, "u:p@w", true, 2));
        assertThat(RedisAddress.parse("redis-cluster://a:1,b:2").endpoints())
                .containsExactly(new Endpoint("a", 1), new Endpoint("b", 2));
        RedisAddress sentinel = RedisAddress.parse("redis-sentinel://a,b:2/1#mymaster");
        assertThat(sentinel.master()).isEqualTo("mymaster");
        assertThat(sentinel.endpoints()).containsExactly(new Endpoint("a", 26379), new Endpoint("b", 2));
        assertThat(RedisAddress.parse("redis://[::1]:6380").endpoints()).containsExactly(new Endpoint("[::1]", 6380));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://h",
                "redis://",
                "redis://a,b",
                "redis://h:port",
                "redis://h/x",
                "redis-sentinel://h",
                "redis-cluster://a,b/1"
            })
    void anAddressThatNamesNoServerIsRefused(String url) {
        assertThatThrownBy(() -> RedisAddress.parse(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThat(RedisAddress.parse("redis://u:secret@h").toString()).isEqualTo("standalone h:6379");
    }

    private static RedisAddress one(Kind kind, String host, int port, String user, boolean tls, int database) {
        return new RedisAddress(kind, List.of(new Endpoint(host, port)), user, tls, database, "");
    }
}
