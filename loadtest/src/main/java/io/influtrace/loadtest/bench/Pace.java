package io.influtrace.loadtest.bench;

/**
 * How thoroughly is measured.
 *
 * @param rounds of each side, in turn
 * @param seconds of one side in one round
 * @param warmUpSeconds of each side before the first, at least
 * @param warmUpRequests of each side before the first, at least: by then the compiler has finished
 * @param clicks whose memory is measured
 * @param orders whose memory and settlement are measured
 */
record Pace(int rounds, int seconds, int warmUpSeconds, int warmUpRequests, int clicks, int orders) {

    static final Pace FULL = new Pace(5, 4, 6, 200_000, 1_000_000, 1_000_000);

    /** Enough to see that a bench works, too little to quote. */
    static final Pace QUICK = new Pace(2, 2, 3, 50_000, 50_000, 20_000);

    /** With another number of rounds. */
    Pace withRounds(int other) {
        return new Pace(other, seconds, warmUpSeconds, warmUpRequests, clicks, orders);
    }

    /** With that share of the orders, where they are only a means. */
    int orders(double share) {
        return (int) (orders * share);
    }
}
