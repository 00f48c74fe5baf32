package io.influtrace.worker.proof;

import io.influtrace.protocol.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a proof came to.
 *
 * @param left what does not stand as it should
 * @param more how many further differences were found
 * @param mended what did not and now does
 * @param orders records looked at
 * @param unsettled how many of them were on their way
 * @param entries entries of the ledger
 * @param sums minor units by currency and state
 */
public record Statement(
        Collection<Difference> left,
        long more,
        Collection<Difference> mended,
        long orders,
        long unsettled,
        long entries,
        Map<String, Map<String, Long>> sums) {

    public Statement {
        left = List.copyOf(left);
        mended = List.copyOf(mended);
        sums = Map.copyOf(sums);
    }

    /** True where everything agrees. */
    public boolean agrees() {
        return left.isEmpty();
    }

    /** The report, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        mended.forEach(difference -> lines.add("mended " + difference));
        left.forEach(difference -> lines.add(difference.toString()));
        if (more > 0) {
            lines.add("and " + more + " more");
        }
        lines.add("orders=" + orders + " unsettled=" + unsettled + " entries=" + entries + " differences="
                + (left.size() + more));
        new TreeMap<>(sums).forEach((currency, states) -> {
            long owed = states.getOrDefault("approved", 0L) + states.getOrDefault("adjusted", 0L);
            StringBuilder line = new StringBuilder(currency);
            for (String state : List.of("pending", "approved", "paid", "adjusted")) {
                line.append(' ').append(state).append('=').append(amount(states.getOrDefault(state, 0L), currency));
            }
            lines.add(line.append(" owed=").append(amount(owed, currency)).toString());
        });
        return lines;
    }

    private static String amount(long minor, String currency) {
        return Money.currency(currency)
                .map(known -> Money.decimal(minor, known))
                .orElse(Long.toString(minor));
    }
}
