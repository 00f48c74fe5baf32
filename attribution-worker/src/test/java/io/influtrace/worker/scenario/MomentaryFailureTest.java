package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.RedisCommandTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A worker that lives writes the losers of what it has booked by itself, although Redis failed it in between. */
final class MomentaryFailureTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendonly", "no");

    @Test
    void whatIsBookedHasItsLosersWrittenAtOnceWhicheverCommandFailed() throws Exception {
        Logger intake = (Logger) LoggerFactory.getLogger("io.influtrace.worker.intake");
        intake.setLevel(Level.OFF);
        try (Redis redis = Redis.of(SERVER.address());
                Interrupted.Shared shared = new Interrupted.Shared(redis);
                Backlog backlog = Backlog.on(redis, 1, "2026-03-01T10:00:00Z", Map.of())) {
            click(backlog, "ava");
            click(backlog, "ben");
            backlog.order(Map.of("id", "O-1", "visitor", "v", "value", "10.00"));
            backlog.keep();
            Interrupted undisturbed = Interrupted.dying(shared, Long.MAX_VALUE);
            round(backlog, undisturbed);
            EndState expected = backlog.state();
            int booked = 0;
            for (long failing = 0; failing < undisturbed.sent(); failing++) {
                backlog.again();
                AtomicBoolean failed = new AtomicBoolean();
                round(backlog, new Interrupted(shared, failing, () -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new RedisCommandTimeoutException("a moment's silence");
                    }
                }));
                boolean isBooked = backlog.state().keys().keySet().stream().anyMatch(key -> key.endsWith("}balances"));
                if (isBooked) {
                    booked++;
                    assertThat(backlog.state().differences(expected))
                            .as("command %s failed", failing)
                            .isEmpty();
                    assertThat(backlog.unsettled()).isZero();
                }
            }
            // After the booking come the loser's status and the end of the list of what is to do.
            assertThat(booked).isGreaterThanOrEqualTo(2);
        } finally {
            intake.setLevel(null);
        }
    }

    /** A command that failed while the worker only read ends the round; what it had settled stands. */
    private static void round(Backlog backlog, Interrupted connections) {
        try (Attributor worker = backlog.worker(connections, "a", Witness.NOBODY)) {
            worker.round();
        } catch (RedisCommandTimeoutException whileReading) {
            assertThat(connections.happened()).isTrue();
        }
    }

    private static void click(Backlog backlog, String creator) throws Exception {
        backlog.pass(Duration.ofMinutes(5).toMillis());
        backlog.click(Map.of(
                "visitor", "v", "link", "spring", "creator", creator, "class", "human", "as", "c" + backlog.clicks()));
    }
}
