package io.influtrace.loadtest.bench;

import static java.util.Objects.requireNonNull;

import io.influtrace.loadtest.load.Shop;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.MetaFields;
import io.influtrace.protocol.redis.Partitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.StreamGroupInfo;

/** Orders as an edge would have written them, straight into the streams, and the wait until all are settled. */
final class OrderFeed {

    private static final int AT_ONCE = 2_000;
    private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

    private final UnifiedJedis redis;
    private final Shop shop;
    private final Partitions partitions;
    private final ClickTokens tokens;
    private final List<Integer> links = new ArrayList<>();
    private final List<Integer> creators = new ArrayList<>();
    private final int writer;
    private long next;

    private OrderFeed(UnifiedJedis redis, Shop shop, int writer) {
        this.redis = redis;
        this.shop = shop;
        this.writer = writer;
        Map<String, String> meta = redis.hgetAll(Keys.META);
        partitions = new Partitions(Integer.parseInt(requireNonNull(meta.get(MetaFields.PARTITIONS))));
        tokens = ClickTokens.of(TokenKeys.parse(requireNonNull(meta.get(MetaFields.TOKEN_KEYS))));
        redis.hgetAll(Keys.EDGE_LINKS)
                .values()
                .forEach(record -> links.add(LinkRecord.read(record).number()));
        redis.hgetAll(Keys.EDGE_CREATORS).values().forEach(number -> creators.add(Integer.parseInt(number)));
    }

    /** For a deployment whose worker stands and whose shop is sown. */
    static OrderFeed of(UnifiedJedis redis, Shop shop) {
        return new OrderFeed(redis, shop, new Random().nextInt());
    }

    /** A click that no row tells of, in a bucket of its own. */
    Click click(ClickClass clickClass) {
        long number = next++;
        return new Click(
                new ClickId((int) (number % partitions.count()), 30, writer, number * ClickId.BUCKET_SIZE),
                clickClass,
                System.currentTimeMillis() - 60_000,
                links.get((int) (number % links.size())),
                creators.get((int) (number % creators.size())));
    }

    String token(Click click) {
        return tokens.seal(click);
    }

    /** Adds an order for each list of tokens. */
    void add(Iterable<List<String>> orders) {
        int open = 0;
        AbstractPipeline pipeline = redis.pipelined();
        try {
            for (List<String> each : orders) {
                OrderReport order = order(each);
                pipeline.xadd(
                        Keys.reports(partitions.of(order.identity())),
                        StreamEntryID.NEW_ENTRY,
                        ReportFields.write(order));
                if (++open % AT_ONCE == 0) {
                    pipeline.sync();
                }
            }
            pipeline.sync();
        } finally {
            pipeline.close();
        }
    }

    /** Waits until no report is undelivered or pending; nanoseconds that it took. */
    long awaitSettled() {
        long begin = System.nanoTime();
        while (unsettled()) {
            if (System.nanoTime() - begin > PATIENCE) {
                throw new BenchFailure("The orders were not settled within ten minutes.");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        return System.nanoTime() - begin;
    }

    private boolean unsettled() {
        for (int partition = 0; partition < partitions.count(); partition++) {
            String key = Keys.reports(partition);
            if (redis.exists(key)) {
                for (StreamGroupInfo group : redis.xinfoGroups(key)) {
                    boolean behind =
                            !String.valueOf(group.getGroupInfo().get("lag")).equals("0");
                    if (group.getPending() > 0 || behind) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private OrderReport order(List<String> carried) {
        long now = System.currentTimeMillis();
        return new OrderReport(
                shop.integration(),
                new OrderIdentity(shop.integration(), "ORDER-" + Integer.toHexString(writer) + "-" + next++),
                Source.PIXEL,
                now,
                now,
                "connected",
                7_900,
                "USD",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                carried,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
