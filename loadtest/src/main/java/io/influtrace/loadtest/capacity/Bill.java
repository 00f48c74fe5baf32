package io.influtrace.loadtest.capacity;

/** What a day needs: cores, bytes and shards, each a product of one rate and one measured figure. */
record Bill(Measured measured, Day day) {

    /** Days after its window for which a click may still be bought late. */
    private static final int GRACE_DAYS = 8;

    /** Cores of edges for so many times the mean. */
    double edgeCores(double times) {
        double micros = day.clicksPerSecond() * measured.edgeClick() + day.ordersPerSecond() * measured.edgeOrder();
        return times * micros / 1e6 / day.busy();
    }

    /** Cores of Redis masters for so many times the mean, if orders are settled as fast as they come. */
    double redisCores(double times) {
        double micros = day.clicksPerSecond() * measured.redisClick()
                + day.ordersPerSecond() * (measured.redisAccept() + measured.redisOrder());
        return times * micros / 1e6 / day.busy();
    }

    /** Cores of workers for so many times the mean. */
    double workerCores(double times) {
        return times * day.ordersPerSecond() * measured.workerOrder() / 1e6 / day.busy();
    }

    /** Bytes of the clicks that an order may still name: window and grace. */
    double pendingBytes() {
        return day.clicks() * (day.windowDays() + GRACE_DAYS) * measured.clickBytes();
    }

    /** Bytes of all clicks in the log, of those that are pending too. */
    double clickBytes() {
        return day.clicks() * Math.max(day.retentionDays(), day.windowDays() + GRACE_DAYS) * measured.clickBytes();
    }

    /** Bytes that a year of orders takes; they are kept for ever. */
    double orderBytesPerYear() {
        return day.orders() * 365 * measured.orderBytes();
    }

    /** Masters that hold all of it after a year, and carry the flash sale's clicks. */
    double shards(double times) {
        return Math.ceil(Math.max((clickBytes() + orderBytesPerYear()) / day.shardBytes(), redisCores(times)));
    }
}
