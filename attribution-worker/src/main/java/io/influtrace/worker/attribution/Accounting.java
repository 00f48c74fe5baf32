package io.influtrace.worker.attribution;

import java.util.List;

/** What a decision is worth after refunds. */
public final class Accounting {

    private Accounting() {}

    /**
     * What stands of each credit, in the credits' order, once {@code refunded} minor units of the order went back.
     *
     * @param refunded 0 to the order's value
     */
    public static List<Standing> standing(Inputs inputs, Decision decision, long refunded) {
        return List.of();
    }

    /**
     * One credit's remainder.
     *
     * @param value minor units of the order's currency
     * @param commission minor units of the credit's commission currency
     */
    public record Standing(Credit credit, long value, long commission) {}
}
