package io.influtrace.worker.redis;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for an answer, on threads that may wait; the connection's own time-out bounds it. */
public final class Answers {

    private Answers() {}

    /** The answer, or {@link RedisAway}. */
    public static <T> T of(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw new RedisAway(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisAway(interrupted);
        }
    }
}
