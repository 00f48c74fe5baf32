package io.influtrace.edge.order;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** So many beacons a second and integration at this edge. Safe for any thread, without a lock; one for a process. */
public final class RateLimits {

    private final int perSecond;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    /** A limit that lets a second's worth through at once. */
    public static RateLimits of(int perSecond) {
        return new RateLimits(perSecond);
    }

    /** Seconds to wait, 0 where this one may pass; asked for known integrations only, which bounds the table. */
    public long secondsToWait(String integration) {
        ConsumptionProbe probe =
                buckets.computeIfAbsent(integration, id -> bucket()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : 1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill());
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
