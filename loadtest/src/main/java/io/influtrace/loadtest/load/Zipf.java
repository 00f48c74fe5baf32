package io.influtrace.loadtest.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Ranks by Zipf's law: the first is chosen twice as often as the second, as links, creators and agents are. */
final class Zipf {

    private final double[] upTo;

    private Zipf(double[] upTo) {
        this.upTo = upTo;
    }

    /** So many ranks. */
    static Zipf of(int ranks) {
        double[] upTo = new double[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            upTo[rank] = 1.0 / (rank + 1);
        }
        Arrays.parallelPrefix(upTo, Double::sum);
        return new Zipf(upTo);
    }

    /** A rank from 0. */
    int pick(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
    }
}
