package io.influtrace.protocol.redis;

import io.influtrace.protocol.click.ClickId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Every key in Redis. All that one script touches bears one hash tag, {@code {pNN}} or {@code {cfg}}, so that it lies on
 * one master of a cluster.
 */
public final class Keys {

    /** Hash: {@code layout}, {@code partitions}, {@code tokenKeys}, {@code customerKey}. */
    public static final String META = "{cfg}meta";

    /** Hash slug → {@link io.influtrace.protocol.config.LinkRecord}. */
    public static final String EDGE_LINKS = "{cfg}edge:links";

    /** Hash handle → creator number. */
    public static final String EDGE_CREATORS = "{cfg}edge:creators";

    /** Hash id → {@link io.influtrace.protocol.config.IntegrationRecord}. */
    public static final String EDGE_INTEGRATIONS = "{cfg}edge:integrations";

    /** Stream of {@link io.influtrace.protocol.config.Change}; each entry carries the whole new record. */
    public static final String EDGE_CHANGES = "{cfg}edge:changes";

    /** How often these data were restored from a backup; counted up by the restore itself. */
    public static final String RESTORED = "{cfg}restored";

    /**
     * Hash of the pixels that edges of this deployment ship: hash → its JavaScript, and {@code latest} → hash and
     * integrity of the one that came last, parted by a space.
     */
    public static final String EDGE_PIXELS = "{cfg}edge:pixels";

    /** The consumer group of the workers on every order stream. */
    public static final String GROUP = "attribution";

    private static final String[] TAGS = new String[256];
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final long DAY_MS = 86_400_000;

    // Nearly every key of a day is of today, and formatting a date costs more than all the rest of a key.
    private static volatile Day lastDay = new Day(0, "19700101");

    private record Day(long number, String text) {}

    static {
        for (int partition = 0; partition < TAGS.length; partition++) {
            TAGS[partition] = "{p" + (partition < 10 ? "0" : "") + partition + "}";
        }
    }

    private Keys() {}

    /** The hash tag of a partition, with braces. */
    public static String tag(int partition) {
        return TAGS[partition];
    }

    /** Hash of a bucket's rows, field = slot in decimal, and {@code f} = flush number and a time that no row is behind, {@code n:ms}. */
    public static String bucket(int partition, int windowDays, int writer, long bucket) {
        return TAGS[partition] + "c:" + bucketName(windowDays, writer, bucket);
    }

    /** The bucket of a click. */
    public static String bucket(ClickId id) {
        return bucket(id.partition(), id.windowDays(), id.writer(), id.bucket());
    }

    /** Hash of the statuses of a bucket's touches that left pending, field = slot. */
    public static String statuses(ClickId id) {
        return TAGS[id.partition()] + "s:" + bucketName(id.windowDays(), id.writer(), id.bucket());
    }

    /** A bucket's name in the indexes: {@code window:writer:bucket}, the last two in hexadecimal. */
    public static String bucketName(int windowDays, int writer, long bucket) {
        return windowDays + ":" + Integer.toHexString(writer) + ":" + Long.toHexString(bucket);
    }

    /** Sorted set of the open buckets of one window length by the time (ms) of their first row that is not swept. */
    public static String due(int partition, int windowDays) {
        return TAGS[partition] + "due:" + windowDays;
    }

    /** Sorted set of swept buckets by the time (ms) of their first row, until the log's retention ends. */
    public static String kept(int partition, int windowDays) {
        return TAGS[partition] + "kept:" + windowDays;
    }

    /** Hash of one UTC day's click counts, field = {@code link.creator.class} in numbers. */
    public static String clickCounts(int partition, long atMillis) {
        return TAGS[partition] + "n:" + day(atMillis);
    }

    /** HyperLogLog of one UTC day's visitors of a creator. */
    public static String visitors(int partition, long atMillis, int creator) {
        return TAGS[partition] + "u:" + day(atMillis) + ":" + creator;
    }

    /** Hash of unregistered handles → human clicks, bounded by the edge. */
    public static String unknownHandles(int partition) {
        return TAGS[partition] + "unknown";
    }

    /** Stream of reports. */
    public static String reports(int partition) {
        return TAGS[partition] + "orders";
    }

    /** Stream of entries that could not be settled, with their reason. */
    public static String deadLetters(int partition) {
        return TAGS[partition] + "dead";
    }

    /** String: all that is known of one order, compact JSON whose first member is its version. */
    public static String order(int partition, String identity) {
        return TAGS[partition] + "o:" + identity;
    }

    /** Hash: when and from which origin an integration's pixel was last seen. */
    public static String lastSeen(int partition, String integration) {
        return TAGS[partition] + "seen:" + integration;
    }

    /** List of an integration's beacons refused at the edge, newest first, bounded by the edge. */
    public static String nearMisses(int partition, String integration) {
        return TAGS[partition] + "near:" + integration;
    }

    /** The UTC day of an instant, {@code yyyymmdd}. */
    public static String day(long atMillis) {
        long number = Math.floorDiv(atMillis, DAY_MS);
        Day known = lastDay;
        if (known.number != number) {
            // Racing threads write the same or another true day; each returns its own.
            known = new Day(number, DAY.format(LocalDate.ofInstant(Instant.ofEpochMilli(atMillis), ZoneOffset.UTC)));
            lastDay = known;
        }
        return known.text;
    }
}
