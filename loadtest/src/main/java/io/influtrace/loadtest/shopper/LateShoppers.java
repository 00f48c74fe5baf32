package io.influtrace.loadtest.shopper;

import io.influtrace.loadtest.demo.Seed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.ClickTokens.Genuine;
import io.influtrace.protocol.click.TokenKeys;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shoppers who click at one edge, and whose orders a store's server reports at another that lives a window and its grace
 * later: each happened at the window's last millisecond, or one before or behind it, and comes in while the click is about
 * to expire.
 */
public final class LateShoppers implements AutoCloseable {

    private static final String CREATOR = "ava";
    private static final int MOST_CENTS = 30_000;
    private static final int MOST_WAITING = 2_000;
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final TokenKeys keys;
    private final Place clicks;
    private final Place reports;
    private final String secret;
    private final Duration window;
    private final Duration spread;
    private final Ledger ledger;
    private final ConcurrentLinkedQueue<Late> told = new ConcurrentLinkedQueue<>();
    private final DelayQueue<Due> waiting = new DelayQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean welcome = true;

    /**
     * One of them.
     *
     * @param event the click's name in the attribution log
     * @param past milliseconds from the window's end to the order: -1, 0 or 1
     */
    public record Late(Order order, String event, long occurredAt, int past) {}

    private record Due(Late late, long atNanos) implements Delayed {
        static Due in(long nanos, Late late) {
            return new Due(late, System.nanoTime() + nanos);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private LateShoppers(World world, Ledger ledger, TokenKeys keys, String secret, Duration window, Duration spread) {
        this.clicks = world.edges().get(0);
        this.reports = world.edges().get(1);
        this.keys = keys;
        this.ledger = ledger;
        this.secret = secret;
        this.window = window;
        this.spread = spread;
    }

    /**
     * Lets them in.
     *
     * @param keys of the world's click tokens
     * @param secret of the integration that reports their orders
     * @param spread an order is reported at a random moment of so long after its click
     * @param counters shoppers at a time
     */
    public static LateShoppers start(
            World world,
            Ledger ledger,
            TokenKeys keys,
            String secret,
            Duration window,
            Duration spread,
            int counters,
            long seed) {
        LateShoppers crowd = new LateShoppers(world, ledger, keys, secret, window, spread);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < counters; i++) {
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> crowd.serve(own), "late-" + i);
            thread.setDaemon(true);
            crowd.threads.add(thread);
        }
        crowd.threads.forEach(Thread::start);
        return crowd;
    }

    /** Lets nobody new in, waits until every order was accepted, and says who they were. */
    public Collection<Late> settle(Duration longest) throws LoadtestFailure {
        welcome = false;
        if (!Patience.until(longest, () -> told.size() == numbers.get())) {
            throw new LoadtestFailure(numbers.get() - told.size() + " late orders were not accepted.");
        }
        return List.copyOf(told);
    }

    private void serve(SplittableRandom random) {
        ClickTokens tokens = ClickTokens.of(keys);
        try (HttpLine clicking = new HttpLine(clicks.port());
                HttpLine reporting = new HttpLine(reports.port())) {
            while (closing.getCount() > 0) {
                Due due = waiting.poll();
                if (due != null) {
                    report(reporting, due.late);
                } else if (welcome && waiting.size() < MOST_WAITING) {
                    click(clicking, tokens, random);
                } else {
                    Patience.pause(Waiting.LOOK);
                }
            }
        } catch (LoadtestFailure stopped) {
            // Told to stop in the middle of a pause.
        }
    }

    private void click(HttpLine line, ClickTokens tokens, SplittableRandom random) {
        String life = clicks.life();
        Answer answer = line.exchange("GET", "/p/" + Seed.SLUG + "/" + CREATOR, Shopper.BROWSER, "");
        String location = answer.header("location");
        String token = location.substring(location.indexOf("&itc=") + "&itc=".length());
        if (answer.status() != 302 || !(tokens.open(token) instanceof Genuine genuine)) {
            ledger.wrongRedirect(answer.status() + " " + location);
            return;
        }
        ledger.redirected(CREATOR, life, answer.nanos());
        Click click = genuine.click();
        int past = random.nextInt(3) - 1;
        String id = "L-" + numbers.incrementAndGet();
        Order order = new Order(id, 1 + random.nextInt(MOST_CENTS), "", token, CREATOR, "link", System.nanoTime());
        Late late = new Late(order, click.id().text(), click.at() + window.toMillis() + past, past);
        waiting.add(Due.in(random.nextLong(spread.toNanos()), late));
    }

    private void report(HttpLine line, Late late) {
        Order order = late.order;
        JsonObject body = new JsonObject()
                .put("external_transaction_id", order.id())
                .put("value", BigDecimal.valueOf(order.cents(), 2).toPlainString())
                .put("currency", "USD")
                .put("occurred_at", Instant.ofEpochMilli(late.occurredAt).toString())
                .put("click_token", order.token());
        Answer answer = line.exchange(
                "POST",
                "/api/v1/conversions",
                Map.of("Authorization", "Bearer " + secret, "Content-Type", "application/json"),
                body.encode());
        if (answer.fine()) {
            told.add(late);
        } else {
            waiting.add(Due.in(AGAIN.toNanos(), late));
        }
    }

    /** Sends everybody home. */
    @Override
    public void close() {
        closing.countDown();
        for (Thread thread : threads) {
            try {
                thread.join(2L * HttpLine.HANGS_MS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
