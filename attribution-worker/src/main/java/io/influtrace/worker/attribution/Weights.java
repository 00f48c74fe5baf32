package io.influtrace.worker.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** How much of an order each touch weighs under a model that shares. */
final class Weights {

    /** After this time a touch weighs half: 7 days in milliseconds. */
    static final double HALF_LIFE = 7 * 86_400_000.0;

    // Doubles of weights are at least 2^-53 (365 days are 52 half-lives) and exact in 53 bits more: 2^128 makes them
    // whole.
    private static final BigDecimal WHOLE = new BigDecimal(BigInteger.ONE.shiftLeft(128));

    private Weights() {}

    /** The weights of touches, oldest first, of an order at {@code orderAt}; single-touch models never come here. */
    static List<BigInteger> of(Model model, List<TouchFacts> touches, long orderAt) {
        int count = touches.size();
        return switch (model) {
            case LAST_CLICK, FIRST_CLICK, LINEAR ->
                touches.stream().map(touch -> BigInteger.ONE).toList();
            case POSITION_BASED ->
                IntStream.range(0, count)
                        .mapToObj(index -> position(index, count))
                        .toList();
            case TIME_DECAY ->
                touches.stream().map(touch -> decay(orderAt - touch.at())).toList();
        };
    }

    /** 40 % first, 40 % last, 20 % shared equally between, all times five and the number between; two share in half. */
    private static BigInteger position(int index, int count) {
        if (count <= 2) {
            return BigInteger.ONE;
        }
        boolean outer = index == 0 || index == count - 1;
        return BigInteger.valueOf(outer ? 2L * (count - 2) : 1);
    }

    private static BigInteger decay(long ageMillis) {
        double weight = StrictMath.pow(2, -ageMillis / HALF_LIFE);
        return new BigDecimal(weight).multiply(WHOLE).toBigIntegerExact();
    }
}
