package io.influtrace.edge.redis;

/** Redis did not answer, or not in time: an expected failure, so it carries no stack trace. */
public final class RedisAway extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Why, in one word for a metric's tag: {@code not_connected}, {@code deadline}, {@code closed}, {@code busy},
     * {@code unconfirmed}.
     */
    public final String reason;

    /** Refused on this side, because too much waits already. */
    public static RedisAway busy() {
        return new RedisAway("busy");
    }

    RedisAway(String reason) {
        super("redis away: " + reason, null, false, false);
        this.reason = reason;
    }
}
