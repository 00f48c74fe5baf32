package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.load.Shop;
import io.influtrace.loadtest.load.Sowing;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.protocol.click.ClickClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What settling an order costs. Orders that share nothing settle side by side; orders that all name one and the same
 * (bot's) click settle one after another by the worker's own rule, with just as much to do each.
 */
final class WorkerBench implements Bench {

    private static final double BUDGET = 1.6;
    private static final double REDIS_BUDGET = 150;
    private static final double SHARE = 0.02;
    private static final int WARM_UP = 3;

    /** One at a time takes so much longer that fewer do. */
    private static final int ONE_BY_ONE = 20;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        int orders = pace.orders(SHARE);
        List<Row> rows = new ArrayList<>(partitioned(bed, pace, figures, 2 * orders));
        rows.addAll(sideBySide(bed, pace, orders));
        return rows;
    }

    /** One partition, so that one at a time means just that. */
    private static List<Row> sideBySide(Bed bed, Pace pace, int orders) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("always");
        Server worker = bed.worker("worker", redis.url(), Map.of("PARTITIONS", "1"));
        OrderFeed feed = OrderFeed.of(redis.client(), sown(worker));
        Series together = new Series();
        Series alone = new Series();
        for (int round = -WARM_UP; round < pace.rounds(); round++) {
            double fast = rate(feed, worker, apart(feed, orders));
            double slow = rate(feed, worker, chained(feed, orders / ONE_BY_ONE));
            if (round >= 0) {
                together.add(fast);
                alone.add(slow);
            }
        }
        return List.of(
                Row.seen("one partition, side by side, orders/s", together.words("%.0f")),
                Row.seen("one partition, one at a time, orders/s", alone.words("%.0f")),
                Row.atLeast("side by side in one at a time, rate ratio", together.dividedBy(alone), "%.2f", BUDGET));
    }

    private static List<Row> partitioned(Bed bed, Pace pace, Figures figures, int orders)
            throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("always");
        Server worker = bed.worker("worker", redis.url(), Map.of());
        OrderFeed feed = OrderFeed.of(redis.client(), sown(worker));
        Series rate = new Series();
        Series workerMicros = new Series();
        Series redisMicros = new Series();
        rate(feed, worker, apart(feed, orders));
        for (int round = 0; round < pace.rounds(); round++) {
            List<List<String>> batch = apart(feed, orders);
            worker.signal("STOP");
            feed.add(batch);
            double workerBefore = worker.cpuSeconds();
            double redisBefore = redis.cpuSeconds();
            worker.signal("CONT");
            rate.add(orders * 1e9 / feed.awaitSettled());
            workerMicros.add((worker.cpuSeconds() - workerBefore) * 1e6 / orders);
            redisMicros.add((redis.cpuSeconds() - redisBefore) * 1e6 / orders);
        }
        bed.end(worker);
        figures.note("worker.order.cpu.micros", workerMicros.median());
        figures.note("redis.order.cpu.micros", redisMicros.median());
        figures.note("worker.orders.per.second", rate.median());
        return List.of(
                Row.seen("16 partitions, worker and Redis a core each, orders/s", rate.words("%.0f")),
                Row.seen("worker, CPU µs an order", workerMicros.words("%.0f")),
                Row.atMost("Redis over all steps, CPU µs an order", redisMicros, "%.0f", REDIS_BUDGET),
                Row.seen("orders/s that fill one Redis core", "%.0f", 1e6 / redisMicros.median()));
    }

    static Shop sown(Server worker) throws LoadtestFailure {
        return Sowing.sow(new AdminApi(worker.url(), Bed.ADMIN_TOKEN), "link-", 20, "creator", 100);
    }

    private static double rate(OrderFeed feed, Server worker, List<List<String>> orders) {
        worker.signal("STOP");
        feed.add(orders);
        worker.signal("CONT");
        return orders.size() * 1e9 / feed.awaitSettled();
    }

    static List<List<String>> apart(OrderFeed feed, int orders) {
        return made(feed, orders, () -> feed.token(feed.click(ClickClass.BOT)));
    }

    private static List<List<String>> chained(OrderFeed feed, int orders) {
        String shared = feed.token(feed.click(ClickClass.BOT));
        return made(feed, orders, () -> shared);
    }

    private static List<List<String>> made(OrderFeed feed, int orders, Supplier<String> second) {
        List<List<String>> made = new ArrayList<>(orders);
        for (int order = 0; order < orders; order++) {
            made.add(List.of(feed.token(feed.click(ClickClass.HUMAN)), second.get()));
        }
        return made;
    }
}
