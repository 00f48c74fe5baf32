package io.influtrace.worker.intake;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.click.Sweep;
import io.influtrace.worker.ledger.Clicks;
import io.influtrace.worker.order.Orders;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.redis.Connections;
import io.influtrace.worker.redis.RedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's work: takes in, settles, sweeps. {@link #start} runs it on two threads of its own; {@link #round} and
 * {@link #sweep} run one step on the caller's.
 */
public final class Attributor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attributor.class);

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);
    private static final Duration KEEP_EVERY = Duration.ofSeconds(2);

    /**
     * What operators may choose.
     *
     * @param abandoned how long an entry may lie with a silent worker before another takes it over
     * @param tries deliveries after which an entry is a dead letter: a bug or a bad entry must not go round for ever
     * @param retention how long a swept click stays in the log, from the click on
     */
    public record Rules(Duration abandoned, int tries, Duration retention) {
        /** What nobody chose. */
        public static final Rules USUAL = new Rules(Duration.ofSeconds(10), 5, Duration.ofDays(400));
    }

    /** How long all that is in hand may take to finish when the worker closes; what does not, another worker finishes. */
    private static final Duration FINISHING = Duration.ofSeconds(10);

    /** The least between two turns. */
    private static final Duration BREATH = Duration.ofMillis(1);

    /** The most between two turns: what a verdict may wait, against questions that Redis answers in vain. */
    private static final Duration REST = Duration.ofMillis(20);

    /** Reports that make a turn worth its questions, which are as many for one as for all; fewer, and the next pause is longer. */
    private static final int WORTH_A_TURN = 128;

    private final Rules rules;
    private final Intake intake;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final RedisConnection<String> settling;
    private final Unsettled unsettled;
    private final Sweep sweep;
    private final Clock clock;
    private volatile double sweepSeconds;
    private volatile long sweptUntil;

    private Attributor(
            Connections redis,
            Catalog catalog,
            Clock clock,
            Partitions partitions,
            TokenKeys keys,
            String name,
            Witness witness,
            Rules rules) {
        this.rules = rules;
        this.clock = clock;
        settling = redis.connect();
        Orders orders = Orders.of(settling, partitions, catalog, clock, witness);
        intake = Intake.open(redis, partitions, name, orders, keys, rules.tries);
        unsettled = new Unsettled(redis, partitions, name);
        sweep = new Sweep(orders, new Clicks(settling), catalog, clock, unsettled::oldest, rules.retention);
    }

    /**
     * A worker; blocks until it is connected, and takes nothing in before it is told to.
     *
     * @param clock what time it is, offset and all
     * @param name the consumer's name, unlike any other worker's
     */
    public static Attributor of(
            Connections redis,
            Catalog catalog,
            Clock clock,
            Partitions partitions,
            TokenKeys keys,
            String name,
            Rules rules) {
        return new Attributor(redis, catalog, clock, partitions, keys, name, Witness.NOBODY, rules);
    }

    /** The same under the usual rules, dying where a witness throws. */
    public static Attributor watched(
            Connections redis,
            Catalog catalog,
            Clock clock,
            Partitions partitions,
            TokenKeys keys,
            String name,
            Witness witness) {
        return new Attributor(redis, catalog, clock, partitions, keys, name, witness, Rules.USUAL);
    }

    /**
     * Settles all that is undelivered and whose turn it is, one report after another on this thread. Never while
     * {@link #start}ed.
     */
    public void round() {
        intake.round();
    }

    /** Takes over what has been pending for {@code idle}, whoever had it, and settles. Never while {@link #start}ed. */
    public void claim(Duration idle) {
        intake.claim(idle);
        intake.round();
    }

    /** Writes what a dead worker left to be written of orders that it had settled. Never while {@link #start}ed. */
    public void finish() {
        sweep.finish();
    }

    /** Brings what time alone brings. Never while {@link #start}ed. */
    public void sweep() {
        sweep.run();
    }

    /** Works until {@link #close}. */
    public void start() {
        threads.add(new Thread(this::takeIn, "intake"));
        threads.add(new Thread(this::sweepOn, "sweep"));
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void takeIn() {
        long kept = System.nanoTime();
        Duration rest = BREATH;
        while (closing.getCount() > 0) {
            try {
                int read = intake.turn();
                if (read > 0) {
                    // What came goes after a look that began when it was there.
                    read += intake.turn();
                }
                rest = read < WORTH_A_TURN ? longer(rest) : shorter(rest);
                intake.pause(rest);
                if (System.nanoTime() - kept > KEEP_EVERY.toNanos()) {
                    intake.upkeep(rules.abandoned);
                    kept = System.nanoTime();
                }
            } catch (RuntimeException failed) {
                LOG.warn("intake=failed reason=\"{}\"", failed.getMessage());
                pause(Duration.ofMillis(200));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        try {
            intake.drain(FINISHING);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration rest) {
        Duration twice = rest.multipliedBy(2);
        return twice.compareTo(REST) < 0 ? twice : REST;
    }

    private static Duration shorter(Duration rest) {
        Duration half = rest.dividedBy(2);
        return half.compareTo(BREATH) > 0 ? half : BREATH;
    }

    private void sweepOn() {
        while (!pause(SWEEP_EVERY)) {
            try {
                long began = System.nanoTime();
                sweep.run().ifPresent(clock -> sweptUntil = clock);
                sweepSeconds = (System.nanoTime() - began) / 1e9;
            } catch (RuntimeException failed) {
                LOG.warn("sweep failed reason={}", failed.getMessage());
            }
        }
    }

    /** How long the last sweep took, seconds. */
    public double sweepSeconds() {
        return sweepSeconds;
    }

    /** How far the sweep's clock is behind: the age of the oldest report that it waits for, and some; seconds. */
    public double sweepLagSeconds() {
        return sweptUntil == 0 ? 0 : Math.max(0, clock.millis() - sweptUntil) / 1e3;
    }

    /** How often a partition's consumer group was gone, and made again: Redis was emptied, or restored without it. */
    public long groupsMade() {
        return intake.groupsMade();
    }

    /** Waits; true where it is time to close. */
    private boolean pause(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Lets what is being settled finish, then closes every connection. */
    @Override
    public void close() {
        closing.countDown();
        long end = System.nanoTime() + FINISHING.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        intake.close();
        unsettled.close();
        settling.close();
    }
}
