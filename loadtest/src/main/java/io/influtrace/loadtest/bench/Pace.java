package io.influtrace.loadtest.bench;

/**
 * How thoroughly is measured.
 *
 * @param rounds of each side, in turn
 * @param seconds of one side in one round
 * @param warmUpSeconds of each side before the first, at least
 * @param warmUpRequests of each side before the first, at least: by then the compiler has done most
 * @param clicks whose memory is measured
 * @param orders of which shares are settled
 * @param booked orders whose memory is measured
 */
record Pace(int rounds, int seconds, int warmUpSeconds, int warmUpRequests, int clicks, int orders, int booked) {

    static final Pace FULL = new Pace(5, 4, 6, 200_000, 1_000_000, 1_000_000, 1_000_000);

    /** The same within a run of everything, which a million orders would make half as long again. */
    static final Pace AMONG_OTHERS = new Pace(5, 4, 6, 200_000, 1_000_000, 1_000_000, 250_000);

    /** Enough to see that a bench works, too little to quote. */
    static final Pace QUICK = new Pace(2, 2, 3, 50_000, 50_000, 20_000, 20_000);

    /** With another number of rounds. */
    Pace withRounds(int other) {
        return new Pace(other, seconds, warmUpSeconds, warmUpRequests, clicks, orders, booked);
    }

    /** With shorter rounds and half the warm-up, where many sides are only looked at. */
    Pace brief() {
        return new Pace(rounds, 2, warmUpSeconds / 2, warmUpRequests / 2, clicks, orders, booked);
    }

    /** With that share of the orders, where they are only a means. */
    int orders(double share) {
        return (int) (orders * share);
    }
}
