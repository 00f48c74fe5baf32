package io.influtrace.worker.attribution;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides minor units by exact weights so that the parts always add up to the whole: each part is rounded down, and what
 * is left goes, a unit each, to the largest remainders (Hamilton's method), ties to the earlier part.
 */
final class Split {

    private Split() {}

    /** The parts in the weights' order; weights are not negative and one at least is not zero. */
    static List<Long> of(long whole, List<BigInteger> weights) {
        BigInteger total = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        List<Long> parts = new ArrayList<>();
        List<BigInteger> remainders = new ArrayList<>();
        long left = whole;
        for (BigInteger weight : weights) {
            BigInteger[] quota = BigInteger.valueOf(whole).multiply(weight).divideAndRemainder(total);
            parts.add(quota[0].longValueExact());
            remainders.add(quota[1]);
            left -= quota[0].longValueExact();
        }
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.<Integer, BigInteger>comparing(remainders::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(left)
                .forEach(index -> parts.set(index, parts.get(index) + 1));
        return parts;
    }
}
