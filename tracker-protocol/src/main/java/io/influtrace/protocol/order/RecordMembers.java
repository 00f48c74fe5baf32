package io.influtrace.protocol.order;

/**
 * What an edge reads of an order's record, the JSON under {@link io.influtrace.protocol.redis.Keys#order}: the worker writes
 * it, and an edge answers with it whoever reports a decided order again through the API. Whatever is usual is left out.
 */
public final class RecordMembers {

    /** The state; absent where the order is decided. */
    public static final String STATE = "s";

    /** The decision's inputs; absent where nothing but refunds or names came. */
    public static final String INPUTS = "i";

    /** Of the inputs, the order: milliseconds, value in minor units, currency. */
    public static final String ORDER = "o";

    /** The decision. */
    public static final String DECISION = "d";

    /** Of the decision, its verdict; absent for credited. */
    public static final String VERDICT = "v";

    /** Of the decision, its signal; absent for link where it is credited, else for none. */
    public static final String SIGNAL = "s";

    /** Of the decision, its reason; absent for {@code no_signal}. */
    public static final String REASON = "r";

    /**
     * Of the decision, its credits, arrays by position: 1 the commission in minor units, 3 the value in minor units and 5
     * the commission's currency; an empty text or nothing stands for those of the order.
     */
    public static final String CREDITS = "c";

    /** The creators of the credits, in their order. */
    public static final String CREATORS = "a";

    /** The refunds, arrays whose first element is the refund's id. */
    public static final String REFUNDS = "f";

    private RecordMembers() {}
}
