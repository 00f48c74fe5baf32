package io.influtrace.worker.order;

import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Verdict;

/**
 * What one report came to.
 *
 * @param what a verdict, or {@code amended}, {@code joined}, {@code refunded}, {@code noted}, {@code repeated}
 * @param reason a reason code, or the signal where an order was credited
 */
public record Outcome(String what, String reason) {

    /** A further report of an order that changed nothing. */
    static final Outcome DUPLICATE = new Outcome("duplicate", "order_already_recorded");

    /** The entry had been settled by somebody else; it is counted there. */
    public static final Outcome SETTLED_ELSEWHERE = new Outcome("repeated", "settled_elsewhere");

    static Outcome of(Decision decision) {
        return new Outcome(
                decision.verdict().word(),
                decision.verdict() == Verdict.CREDITED
                        ? decision.signal().word()
                        : decision.reason().word());
    }

    /** The field it is counted under. */
    public String tally() {
        return what + "." + reason;
    }
}
