package io.influtrace.loadtest.capacity;

/**
 * The day that is asked about.
 *
 * @param flash how many times the mean the flash sale's one minute brings, of clicks and of orders
 * @param windowDays of the campaigns; the grace comes on top
 * @param retentionDays for which swept clicks are kept
 * @param busy the share of a core that is planned with, so that there is room for the tail
 * @param shardBytes of one Redis master
 */
record Day(
        double clicks, double orders, double flash, int windowDays, int retentionDays, double busy, double shardBytes) {

    private static final double SECONDS = 86_400;

    double clicksPerSecond() {
        return clicks / SECONDS;
    }

    double ordersPerSecond() {
        return orders / SECONDS;
    }
}
