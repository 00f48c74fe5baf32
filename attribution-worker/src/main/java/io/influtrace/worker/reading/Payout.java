package io.influtrace.worker.reading;

import java.util.List;

/**
 * One payout, as it was marked by whoever paid.
 *
 * @param id the caller's own, 1 to 64 characters
 * @param at milliseconds: when it was marked
 * @param paid false while it is under way; repeating the call finishes it
 * @param lines one for each creator and currency
 */
public record Payout(String id, long at, boolean paid, List<Line> lines) {

    public Payout {
        lines = List.copyOf(lines);
    }

    /**
     * What one creator gets.
     *
     * @param amount minor units of {@code currency}; 0 while the payout is under way
     */
    public record Line(String creator, String currency, long amount) {}
}
