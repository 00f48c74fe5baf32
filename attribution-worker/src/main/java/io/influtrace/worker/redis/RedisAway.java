package io.influtrace.worker.redis;

/** Redis refused, did not answer in time, or cannot be reached; trying again later may work. */
public final class RedisAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What Redis, or a bound of our own before it, said. */
    public RedisAway(Throwable cause) {
        super("Redis did not do what was asked: " + cause.getMessage(), cause);
    }
}
