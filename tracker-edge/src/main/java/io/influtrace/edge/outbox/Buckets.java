package io.influtrace.edge.outbox;

import io.influtrace.protocol.click.ClickId;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the ids of one event loop's clicks. All open buckets lie in one partition, so that one script call can write
 * to all of them; the partition rotates after some have closed, so that one busy writer fills them all alike.
 */
final class Buckets {

    /** A bucket open longer than this is closed: its index entry, and with it the sweep, goes by its first row. */
    static final long MAX_OPEN_MS = 600_000;

    /** Buckets closed before the partition rotates: few enough to spread a burst, enough to leave few half-filled. */
    static final int ROTATE_AFTER = 16;

    private final int partitions;
    private final int writer;
    private final int countedWriter;
    private final Map<Integer, Bucket> open = new HashMap<>();
    private int partition;
    private int closed;
    private long nextBucket;
    private long nextCounted;
    private long nextAnchor;
    private byte[] anchor;

    Buckets(int partitions, RandomGenerator random) {
        this.partitions = partitions;
        this.partition = random.nextInt(partitions);
        this.writer = random.nextInt();
        int other = random.nextInt();
        this.countedWriter = other == writer ? ~other : other;
        this.anchor = freshAnchor();
    }

    /** The partition of every id assigned until the next rotation. */
    int partition() {
        return partition;
    }

    /** The key that guards a flush without any row; it never holds one. */
    byte[] anchor() {
        return anchor;
    }

    /** The open bucket of that window, a new one where there is none. */
    Bucket of(int windowDays, long now) {
        @Nullable Bucket bucket = open.get(windowDays);
        if (bucket != null && (bucket.isFull() || now - bucket.openedAt > MAX_OPEN_MS)) {
            open.remove(windowDays);
            bucket = null;
            if (++closed >= ROTATE_AFTER) {
                rotate();
            }
        }
        if (bucket == null) {
            bucket = new Bucket(partition, windowDays, writer, nextBucket++, now);
            open.put(windowDays, bucket);
        }
        return bucket;
    }

    /** An id for a click that is counted but gets no row: of a writer of its own, so that rows lie without gaps. */
    ClickId counted(int windowDays) {
        return new ClickId(partition, windowDays, countedWriter, nextCounted++);
    }

    /** Opens new buckets from here on: a failed flush may come late, and its guard must not meet a newer one's. */
    void closeAll() {
        open.clear();
        anchor = freshAnchor();
    }

    private void rotate() {
        closed = 0;
        partition = (partition + 1) % partitions;
        closeAll();
    }

    private byte[] freshAnchor() {
        return new Bucket(partition, 1, countedWriter, nextAnchor++, 0).key;
    }
}
