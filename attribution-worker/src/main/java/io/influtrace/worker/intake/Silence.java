package io.influtrace.worker.intake;

import io.influtrace.worker.redis.RedisAway;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether one partition's Redis answers, and what its silence means for the other partitions. Belongs to one thread. */
final class Silence {

    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);

    /** How long a partition that does not answer holds all others back; a dead master must not stop the living. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final int partition;
    private boolean lasts;
    private long since;
    private long askedAt;

    Silence(int partition) {
        this.partition = partition;
    }

    boolean lasts() {
        return lasts;
    }

    /** Whether it is time to ask, which is remembered: of a silent one only now and then. */
    boolean mayAsk() {
        long now = System.nanoTime();
        boolean may = !lasts || now - askedAt >= ASK_AGAIN.toNanos();
        askedAt = may ? now : askedAt;
        return may;
    }

    /** A question was not answered. */
    void begin(RedisAway away) {
        if (!lasts) {
            since = System.nanoTime();
            LOG.warn("partition=silent partition={} reason=\"{}\"", partition, away.getMessage());
        }
        lasts = true;
    }

    /** A question was answered. */
    void end() {
        if (lasts) {
            LOG.info("partition=answers partition={}", partition);
        }
        lasts = false;
    }

    /** The earliest receipt that an unread entry may have while it lasts. */
    long unread() {
        return System.nanoTime() - since > PATIENCE.toNanos() ? Line.ALL_READ : Line.NOTHING_KNOWN;
    }
}
