package io.influtrace.worker.reading;

/**
 * What one creator has in one currency, in minor units.
 *
 * @param adjusted entries after a payout, mostly negative, until the next payout takes them along
 */
public record Balance(String creator, String currency, long pending, long approved, long paid, long adjusted) {

    /** What the next payout would pay. */
    public long owed() {
        return approved + adjusted;
    }
}
