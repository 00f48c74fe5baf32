package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A worker that hangs, loses its work to another, and wakes, changes nothing any more. */
final class HungWorkerTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendonly", "no");

    /** Every so many commands one is tried; the numbers fall on every kind of step. */
    private static final int STRIDE = 3;

    @Test
    void whatAnotherFinishedMeanwhileIsNotDoneAgain() throws Exception {
        Logger intake = (Logger) LoggerFactory.getLogger("io.influtrace.worker.intake");
        intake.setLevel(Level.OFF);
        try (Redis redis = Redis.of(SERVER.address());
                Redis ofTheHung = Redis.of(SERVER.address());
                Interrupted.Shared shared = new Interrupted.Shared(redis);
                Interrupted.Shared sharedByHung = new Interrupted.Shared(ofTheHung);
                Backlog backlog = AllSteps.written(redis)) {
            backlog.keep();
            Interrupted undisturbed = Interrupted.dying(shared, Long.MAX_VALUE);
            work(backlog, undisturbed, "undisturbed");
            EndState expected = backlog.state();
            for (long before = 0; before < undisturbed.sent(); before += STRIDE) {
                backlog.again();
                CountDownLatch hangs = new CountDownLatch(1);
                CountDownLatch wakes = new CountDownLatch(1);
                Interrupted hanging = new Interrupted(sharedByHung, before, () -> {
                    hangs.countDown();
                    if (!wakes.await(30, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("never woken");
                    }
                });
                CompletableFuture<Void> hung = CompletableFuture.runAsync(() -> work(backlog, hanging, "hung"));
                Await.until("it hangs", () -> hangs.getCount() == 0 || hung.isDone());
                work(backlog, Interrupted.dying(shared, Long.MAX_VALUE), "other");
                wakes.countDown();
                hung.get(30, TimeUnit.SECONDS);
                work(backlog, Interrupted.dying(shared, Long.MAX_VALUE), "last");
                assertThat(backlog.state().differences(expected))
                        .as("hung before command %s", before)
                        .isEmpty();
            }
        } finally {
            intake.setLevel(null);
        }
    }

    private static void work(Backlog backlog, Interrupted connections, String name) {
        try (Attributor worker = backlog.worker(connections, name, Witness.NOBODY)) {
            for (int i = 0; i < 6; i++) {
                worker.claim(Duration.ZERO);
                worker.round();
            }
            worker.sweep();
        }
    }
}
