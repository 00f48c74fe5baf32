package io.influtrace.worker.attribution;

import java.util.List;

/** The rules in the order in which they are asked: coupon, then link, else unattributed. */
public final class Attribution {

    private Attribution() {}

    /** Decides about one order. Pure: the same inputs give the same decision, for ever. */
    public static Decision decide(Inputs inputs) {
        return new Decision(
                Verdict.UNATTRIBUTED,
                Signal.NONE,
                Reason.NO_SIGNAL,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
