package io.influtrace.worker.attribution;

import java.math.BigInteger;

/**
 * One creator's share of an order before any refund.
 *
 * @param campaign whose policy pays it
 * @param eventId the click's id, or {@code coupon:{integration}/{orderId}}
 * @param weight the share's exact weight; all weights of an order are to be taken together
 * @param value minor units of the order's currency
 * @param commission minor units of {@code commissionCurrency} (ISO 4217)
 */
public record Credit(
        String creator,
        String campaign,
        int policyVersion,
        String link,
        String eventId,
        BigInteger weight,
        long value,
        long commission,
        String commissionCurrency) {

    /** The same share with its amounts. */
    Credit priced(long newValue, long newCommission, String newCurrency) {
        return new Credit(
                creator, campaign, policyVersion, link, eventId, weight, newValue, newCommission, newCurrency);
    }
}
