package io.influtrace.loadtest.capacity;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Where the product's own rules put clicks, orders and partitions, and how uneven that is. */
final class Partitioning {

    /** Buckets that a writer fills in one partition before it moves on. */
    private static final int BUCKETS_IN_A_ROW = 16;

    private static final int SLOTS = 16_384;

    private Partitioning() {}

    /**
     * The fullest partition in the mean one, of clicks: each writer starts anywhere and goes round. Who is clicked does
     * not matter, since the writer assigns the partition.
     */
    static double clickSkew(int partitions, int writers, long clicks, RandomGenerator random) {
        long[] load = new long[partitions];
        long run = (long) BUCKETS_IN_A_ROW * ClickId.BUCKET_SIZE;
        for (int writer = 0; writer < writers; writer++) {
            int partition = random.nextInt(partitions);
            for (long left = clicks / writers; left > 0; left -= run) {
                load[partition] += Math.min(left, run);
                partition = (partition + 1) % partitions;
            }
        }
        return mostInMean(load);
    }

    /** The same of orders, which go where their identity says. */
    static double orderSkew(int partitions, int orders) {
        Partitions rule = new Partitions(partitions);
        long[] load = new long[partitions];
        for (int order = 0; order < orders; order++) {
            load[rule.of(new OrderIdentity("shop", "ORDER-" + order))]++;
        }
        return mostInMean(load);
    }

    /** Partitions of the fullest of so many masters that share the slots evenly, in the mean one's. */
    static double masterSkew(int partitions, int masters) {
        long[] load = new long[masters];
        for (int partition = 0; partition < partitions; partition++) {
            int slot = JedisClusterCRC16.getSlot(Keys.reports(partition));
            load[(int) ((long) slot * masters / SLOTS)]++;
        }
        return mostInMean(load);
    }

    private static double mostInMean(long[] load) {
        return Arrays.stream(load).max().orElse(0)
                / Arrays.stream(load).average().orElse(1);
    }
}
