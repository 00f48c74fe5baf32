package io.influtrace.worker.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandTimeoutException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Which failures pass once Redis is back; a report whose settlement met another kind waits to be taken over. */
class RedisAwayTest {

    @Test
    void aResetConnectionIsRedisAwayHoweverDeepItLies() {
        IOException reset = new IOException("Connection reset by peer");

        assertThat(RedisAway.behind(new CompletionException(new CompletionException(reset))))
                .isTrue();
        assertThat(RedisAway.behind(new RedisAway(reset))).isTrue();
        assertThat(RedisAway.behind(new CompletionException(new RedisCommandTimeoutException("slow"))))
                .isTrue();
        assertThat(RedisAway.behind(new CancellationException())).isTrue();
    }

    @Test
    void aFaultOfOurOwnIsNot() {
        IllegalStateException bug = new IllegalStateException("a bug");

        assertThat(RedisAway.behind(new CompletionException(bug))).isFalse();
        assertThat(RedisAway.behind(new RedisAway(bug))).isFalse();
    }
}
