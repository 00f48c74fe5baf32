package io.influtrace.worker.redis;

import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Redis refused, did not answer in time, or cannot be reached; trying again later may work. */
public final class RedisAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What Redis, or a bound of our own before it, said. */
    public RedisAway(Throwable cause) {
        super("Redis did not do what was asked: " + cause.getMessage(), cause);
    }

    /** Whether Redis or the way to it failed: a command in hand gets the socket's own exception, or is cancelled. */
    public static boolean behind(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof RedisAway) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RedisException
                || cause instanceof IOException
                || cause instanceof CancellationException;
    }
}
