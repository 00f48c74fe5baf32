package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.testing.RedisServer;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * A worker that dies between any two things that it says to Redis leaves nothing undone and nothing done twice: whoever
 * takes over ends where an undisturbed worker ends. {@code -Ddeaths=100000 -Ddeaths.seed=1} kills as many as one likes.
 */
final class KilledWorkerTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendonly", "no");

    private static final Logger INTAKE = (Logger) LoggerFactory.getLogger("io.influtrace.worker.intake");

    @BeforeAll
    static void letTheDeadBeSilent() {
        INTAKE.setLevel(Level.OFF);
    }

    @AfterAll
    static void letTheLivingSpeak() {
        INTAKE.setLevel(null);
    }

    @Test
    void whereverAWorkerDiesAnotherEndsWhereAnUndisturbedOneEnds() throws Exception {
        try (Redis redis = Redis.of(SERVER.address());
                Interrupted.Shared shared = new Interrupted.Shared(redis);
                Backlog backlog = AllSteps.written(redis)) {
            backlog.keep();
            Interrupted undisturbed = Interrupted.dying(shared, Long.MAX_VALUE);
            work(backlog, undisturbed, "undisturbed");
            EndState expected = backlog.state();
            assertThat(backlog.unsettled()).isZero();
            long deaths = 0;
            for (long before = 0; before < undisturbed.sent(); before++) {
                backlog.again();
                deaths += work(backlog, Interrupted.dying(shared, before), "first") ? 1 : 0;
                work(backlog, Interrupted.dying(shared, Long.MAX_VALUE), "second");
                assertThat(backlog.state().differences(expected))
                        .as("dead before command %s", before)
                        .isEmpty();
            }
            long wanted = Long.getLong("deaths", 1_000);
            long seed = Long.getLong("deaths.seed", 1);
            while (deaths < wanted) {
                deaths += diesAgainAndAgain(backlog, shared, expected, seed++);
            }
            assertThat(deaths).isGreaterThanOrEqualTo(wanted);
        }
    }

    private static long diesAgainAndAgain(Backlog backlog, Interrupted.Shared shared, EndState expected, long seed)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        backlog.again();
        long deaths = 0;
        boolean died = true;
        while (died) {
            Interrupted mortal = Interrupted.dying(shared, 40 + random.nextInt(60));
            died = work(backlog, mortal, "worker-" + deaths);
            deaths += died ? 1 : 0;
        }
        assertThat(backlog.state().differences(expected)).as("seed %s", seed).isEmpty();
        return deaths;
    }

    /** All that a worker does until nothing is left, or until it dies; true where it died. */
    private static boolean work(Backlog backlog, Interrupted connections, String name) {
        try (Attributor worker = backlog.worker(connections, name, Witness.NOBODY)) {
            for (int i = 0; i < 6; i++) {
                worker.claim(Duration.ZERO);
                worker.round();
            }
            worker.sweep();
        } catch (Interrupted.Dead dead) {
            return true;
        } catch (RuntimeException failed) {
            if (!connections.happened()) {
                throw failed;
            }
        }
        return connections.happened();
    }
}
