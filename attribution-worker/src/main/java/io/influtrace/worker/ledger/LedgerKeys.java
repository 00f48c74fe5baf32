package io.influtrace.worker.ledger;

import io.influtrace.protocol.redis.Keys;

/** The keys that only workers touch; each lies with what one script touches beside it. */
public final class LedgerKeys {

    private LedgerKeys() {}

    /** Stream of every money entry, append-only: kind {@code k}, order or payout {@code o}, version {@code v}, {@link LedgerLines} {@code p}. */
    public static String ledger(int partition) {
        return Keys.tag(partition) + "ledger";
    }

    /** Hash {@code creator TAB currency TAB state} → minor units, and {@code … TAB epoch} → payouts so far. */
    public static String balances(int partition) {
        return Keys.tag(partition) + "balances";
    }

    /** Hash of one UTC day's order counters. */
    public static String day(int partition, long atMillis) {
        return day(partition, Keys.day(atMillis));
    }

    /** The same by the day's name, {@code yyyymmdd}. */
    static String day(int partition, String day) {
        return Keys.tag(partition) + "d:" + day;
    }

    /** {@link TimeIndex} of all orders of which something was decided, by the order's time. */
    public static String orderIndex(int partition) {
        return Keys.tag(partition) + "oi";
    }

    /** Sorted set of the marks of {@link Holds} by the earliest end of a hold that may not be approved yet. */
    public static String holds(int partition) {
        return Keys.tag(partition) + "hold";
    }

    /** Hash of the holds that are being approved, {@code mark@from} → until, milliseconds. */
    static String holdsTaken(int partition) {
        return Keys.tag(partition) + "held";
    }

    /** Hash of orders whose losers are not written yet → the entry of the stream that waits for them. */
    public static String todo(int partition) {
        return Keys.tag(partition) + "todo";
    }

    /** Hash of what reports came to → how many, and what else is counted once and for ever. */
    public static String tally(int partition) {
        return Keys.tag(partition) + "tally";
    }

    /** The latest clock that a sweep of this partition used, milliseconds. */
    public static String swept(int partition) {
        return Keys.tag(partition) + "swept";
    }

    /** Hash payout id TAB creator TAB currency → minor units paid. */
    public static String payouts(int partition) {
        return Keys.tag(partition) + "payouts";
    }

    /** A payout: when, whom, how much. */
    static String payout(int partition, String id) {
        return Keys.tag(partition) + "pay:" + id;
    }

    /** Sorted set of the payouts whose records lie in a partition, by the time at which they were marked. */
    static String payoutIndex(int partition) {
        return Keys.tag(partition) + "pays";
    }

    /** Hash of the orders that used a limited code. */
    static String uses(int partition, String coupon) {
        return Keys.tag(partition) + "use:" + coupon;
    }

    /** Hash customer hash → order, of a code that each customer may use once. */
    static String once(int partition, String coupon) {
        return Keys.tag(partition) + "once:" + coupon;
    }

    /** Hash order → its place among a creator's credited orders of a month, {@code yyyymm}. */
    static String month(int partition, String creator, String month) {
        return Keys.tag(partition) + "month:" + creator + ":" + month;
    }
}
