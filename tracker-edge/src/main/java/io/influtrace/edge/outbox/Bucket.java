package io.influtrace.edge.outbox;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.redis.Keys;
import java.nio.charset.StandardCharsets;

/** A bucket that this writer fills: at most 64 rows and ten minutes, all clicks of one window length. */
final class Bucket {

    final byte[] key;
    final byte[] dueKey;
    final byte[] name;
    final long openedAt;

    /** No row of it is later, whatever the clock did; the sweep takes a bucket as a whole by this. */
    long latest;

    private final int partition;
    private final int windowDays;
    private final int writer;
    private final long number;
    private int used;

    Bucket(int partition, int windowDays, int writer, long number, long openedAt) {
        this.partition = partition;
        this.windowDays = windowDays;
        this.writer = writer;
        this.number = number;
        this.openedAt = openedAt;
        this.key = utf8(Keys.bucket(partition, windowDays, writer, number));
        this.dueKey = utf8(Keys.due(partition, windowDays));
        this.name = utf8(Keys.bucketName(windowDays, writer, number));
    }

    ClickId next() {
        return new ClickId(partition, windowDays, writer, number * ClickId.BUCKET_SIZE + used++);
    }

    boolean isFull() {
        return used == ClickId.BUCKET_SIZE;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
