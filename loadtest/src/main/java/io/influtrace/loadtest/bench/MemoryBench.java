package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.load.Shop;
import io.influtrace.loadtest.load.Sowing;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.protocol.redis.Keys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Bytes of Redis a click (row, index, counters, visitors) and an order (record, ledger, statuses, counters, indexes),
 * each from a run of so many through the real edge and the real worker. First few of the clicks are bought, as in life;
 * in the end each of them.
 */
final class MemoryBench implements Bench {

    private static final double CLICK_BUDGET = 64;
    private static final double ORDER_BUDGET = 600;
    private static final double AS_IN_LIFE = 0.02;
    private static final int SECONDS = 2;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("everysec");
        Server worker = bed.worker("worker", redis.url(), Map.of());
        Shop shop = Sowing.sow(
                new AdminApi(worker.url(), Bed.ADMIN_TOKEN), "link-", EdgeTables.LINKS, "creator", EdgeTables.CREATORS);
        Server edge = bed.edge("edge", redis.url(), Map.of());
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());

        long empty = redis.usedBytes();
        long clicks = 0;
        Side load = new Side(edge, "", bed.script("redirect.lua"));
        while (clicks < pace.clicks()) {
            clicks += load.load(SECONDS).requests();
        }
        bed.end(edge);
        double bytesPerClick = (double) (redis.usedBytes() - empty) / clicks;

        OrderFeed feed = OrderFeed.of(redis.client(), shop);
        List<String> tokens = new ArrayList<>(
                KeptClicks.of(redis.port()).stream().map(feed::token).toList());
        Collections.shuffle(tokens, new Random(1));
        int few = (int) (tokens.size() * AS_IN_LIFE);
        int all = Math.min(tokens.size(), pace.booked());
        double sparse = settle(redis, feed, tokens.subList(0, few));
        double dense = settle(redis, feed, tokens.subList(few, all));
        figures.note("redis.click.bytes", bytesPerClick);
        figures.note("redis.order.bytes", sparse);
        return List.of(
                Row.must("a row of every human click", tokens.size() > clicks * 0.99),
                Row.atMost("a click, all in, bytes of " + clicks, bytesPerClick, "%.1f", CLICK_BUDGET),
                Row.seen("an order where 1 click in 50 is bought, bytes of " + few, "%.0f", sparse),
                Row.atMost("an order where nearly all are, bytes of " + (all - few), dense, "%.0f", ORDER_BUDGET));
    }

    private static double settle(RedisServer redis, OrderFeed feed, List<String> tokens) {
        long before = redis.usedBytes();
        feed.add(tokens.stream().map(List::of).toList());
        feed.awaitSettled();
        awaitTrim(redis);
        return (double) (redis.usedBytes() - before) / tokens.size();
    }

    /** The worker trims what it settled a little later. */
    private static void awaitTrim(RedisServer redis) {
        long length = Long.MAX_VALUE;
        long now = length(redis);
        while (now < length) {
            length = now;
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            now = length(redis);
        }
    }

    private static long length(RedisServer redis) {
        long length = 0;
        for (int partition = 0; partition < 16; partition++) {
            length += redis.client().xlen(Keys.reports(partition));
        }
        return length;
    }
}
