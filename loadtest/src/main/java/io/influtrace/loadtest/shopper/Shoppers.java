package io.influtrace.loadtest.shopper;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A crowd that clicks and buys until told to stop; whoever got no final answer comes again, as the pixel does. */
public final class Shoppers implements AutoCloseable {

    private final World world;
    private final Ledger ledger;
    private final Pace pace;
    private final String prefix;
    private final AtomicLong numbers = new AtomicLong();
    private final DelayQueue<Waiting> waiting = new DelayQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean welcome = true;
    private volatile boolean open = true;

    private Shoppers(World world, Ledger ledger, Pace pace, String prefix) {
        this.world = world;
        this.ledger = ledger;
        this.pace = pace;
        this.prefix = prefix;
    }

    /**
     * How many come.
     *
     * @param counters shoppers at a time
     * @param pause of each before the next; zero for full load
     * @param most orders placed in all: a drill's ledger is read order by order at its end
     * @param looks further clicks of each shopper that lead to nothing
     */
    public record Pace(int counters, Duration pause, long most, int looks) {

        /** As fast as the machine goes. */
        public static final Pace FULL = new Pace(8, Duration.ZERO, 20_000, 0);

        /** Some hundred orders a second. */
        public static final Pace STEADY = new Pace(4, Duration.ofMillis(10), 20_000, 0);

        /** Many who look and few who buy. */
        public static final Pace CLICKS = new Pace(8, Duration.ZERO, 2_000, 50);
    }

    /**
     * Opens the doors.
     *
     * @param prefix of the orders' ids, unlike any other crowd's of the same world
     */
    public static Shoppers start(World world, Ledger ledger, Pace pace, String prefix, long seed) {
        Shoppers shoppers = new Shoppers(world, ledger, pace, prefix);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < pace.counters; i++) {
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> shoppers.serve(own), "shopper-" + i);
            thread.setDaemon(true);
            shoppers.threads.add(thread);
        }
        shoppers.threads.forEach(Thread::start);
        return shoppers;
    }

    /** Lets nobody new in; those who wait for an answer go on trying. */
    public void lastOrders() {
        welcome = false;
    }

    /**
     * Lets nobody new in and waits until each has a final answer.
     *
     * @throws LoadtestFailure where some have none in that time
     */
    public void settle(Duration longest) throws LoadtestFailure {
        lastOrders();
        boolean done = Patience.until(longest, () -> ledger.open() == 0);
        close();
        if (!done) {
            throw new LoadtestFailure(ledger.open() + " orders have no final answer after " + longest.toSeconds()
                    + " s; answers so far: " + ledger.answers());
        }
    }

    private void serve(SplittableRandom random) {
        try (Shopper shopper = new Shopper(world, ledger, random)) {
            while (open) {
                Waiting due = waiting.poll();
                if (due != null) {
                    send(shopper, due.order(), due.tries());
                } else if (welcome && numbers.get() < pace.most) {
                    send(shopper, shopper.order(prefix + numbers.incrementAndGet()), 0);
                    shopper.look(pace.looks);
                    Patience.pause(pace.pause);
                } else {
                    Patience.pause(Waiting.LOOK);
                }
            }
        } catch (LoadtestFailure stopped) {
            // Told to stop in the middle of a pause.
        }
    }

    private void send(Shopper shopper, Order order, int tries) {
        if (tries == 0) {
            ledger.placed(order);
        }
        shopper.send(order).ifPresent(hold -> waiting.add(Waiting.after(order, tries + 1, hold)));
    }

    /** Sends everybody home. */
    @Override
    public void close() {
        welcome = false;
        open = false;
        for (Thread thread : threads) {
            try {
                thread.join(2L * HttpLine.HANGS_MS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
