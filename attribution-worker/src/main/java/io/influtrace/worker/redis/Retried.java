package io.influtrace.worker.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes that are free to repeat, tried again a few times where Redis fails for a moment. */
public final class Retried {

    /** Together two seconds: what a broken connection takes to come back. What fails longer is the next worker's, or the sweep's. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(1_600));

    private Retried() {}

    /** What the writes came to, or the last failure; only Redis's own failures are tried again. */
    public static <T> CompletionStage<T> of(Supplier<CompletionStage<T>> writes) {
        return of(writes, 0);
    }

    private static <T> CompletionStage<T> of(Supplier<CompletionStage<T>> writes, int tried) {
        return begun(writes).exceptionallyCompose(failure -> {
            if (tried == PAUSES.size() || !RedisAway.behind(failure)) {
                return CompletableFuture.failedStage(failure);
            }
            Executor later = CompletableFuture.delayedExecutor(PAUSES.get(tried).toMillis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.supplyAsync(() -> of(writes, tried + 1), later)
                    .thenCompose(Function.identity());
        });
    }

    private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> writes) {
        try {
            return writes.get();
        } catch (RedisException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }
}
