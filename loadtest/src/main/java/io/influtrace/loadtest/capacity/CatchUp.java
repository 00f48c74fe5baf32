package io.influtrace.loadtest.capacity;

import java.util.random.RandomGenerator;

/**
 * Orders by the second: they arrive by a Poisson process whatever the workers do, and what is there is settled at the
 * workers' rate while these are up.
 *
 * @param mostWaiting orders in the streams at the worst moment
 * @param oldestSeconds how long the order waited that waited longest
 * @param secondsBehind from the end of the outage, or of the flash sale, until nothing waits any more
 * @param arrived all orders of the simulation
 * @param settled of these
 */
record CatchUp(long mostWaiting, long oldestSeconds, long secondsBehind, long arrived, long settled) {

    /** No backlog is followed for longer; a deployment that needs it never catches up. */
    private static final int LONGEST = 7 * 86_400;

    /** Above this mean a Poisson number is drawn as a normal one. */
    private static final double MANY = 50;

    /**
     * Runs from the beginning of the trouble to its end.
     *
     * @param rate arrivals a second
     * @param flash how many times that in the first minute
     * @param down seconds from the beginning for which no worker runs
     * @param capacity orders a second that the workers settle
     */
    static CatchUp after(double rate, double flash, int down, double capacity, RandomGenerator random) {
        long arrived = 0;
        long settled = 0;
        double budget = 0;
        long mostWaiting = 0;
        long oldest = 0;
        int trouble = Math.max(down, 60);
        long[] upTo = new long[LONGEST];
        int oldestSecond = 0;
        int second = 0;
        for (; second < LONGEST; second++) {
            arrived += poisson(second < 60 ? rate * flash : rate, random);
            upTo[second] = arrived;
            if (second >= down) {
                budget = Math.min(budget + capacity, (double) (arrived - settled));
                settled += (long) budget;
                budget -= (long) budget;
            }
            while (oldestSecond < second && upTo[oldestSecond] <= settled) {
                oldestSecond++;
            }
            mostWaiting = Math.max(mostWaiting, arrived - settled);
            oldest = Math.max(oldest, arrived == settled ? 0 : second - oldestSecond);
            if (second >= trouble && arrived - settled <= capacity) {
                break;
            }
        }
        return new CatchUp(mostWaiting, oldest, second - trouble, arrived, settled);
    }

    boolean caughtUp() {
        return secondsBehind < LONGEST - 2 * 86_400;
    }

    private static long poisson(double mean, RandomGenerator random) {
        if (mean > MANY) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long number = 0;
        while (product > limit) {
            product *= random.nextDouble();
            number++;
        }
        return number;
    }
}
