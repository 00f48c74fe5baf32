package io.influtrace.protocol.click;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one click, assigned by the edge that saw it; it leads to the click's row in Redis without any index.
 *
 * @param partition the partition of the row, 0 to 255
 * @param windowDays the window of the click's campaign at that moment, 1 to 365 days
 * @param writer 32 random bits drawn when an event loop starts, as an unsigned number
 * @param sequence the writer's own count, 40 bits, never reset, so that no clock step repeats an id
 */
public record ClickId(int partition, int windowDays, int writer, long sequence) implements Comparable<ClickId> {

    /** Clicks in one bucket: the most that keeps Redis' compact encoding with rows of up to 64 bytes. */
    public static final int BUCKET_SIZE = 64;

    /** One more than the highest sequence: 40 bits. */
    public static final long SEQUENCE_LIMIT = 1L << 40;

    /** The longest window that a campaign may have, in days. */
    public static final int MAX_WINDOW_DAYS = 365;

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})-([0-9]{1,3})-([0-9a-f]{1,8})-([0-9a-f]{1,10})");

    private static final Comparator<ClickId> ORDER = Comparator.<ClickId>comparingLong(
                    id -> Integer.toUnsignedLong(id.writer))
            .thenComparingLong(ClickId::sequence)
            .thenComparingInt(ClickId::windowDays)
            .thenComparingInt(ClickId::partition);

    public ClickId {
        if (partition < 0 || partition > 255) {
            throw new IllegalArgumentException("partition " + partition + " is not within 0 to 255");
        }
        if (windowDays < 1 || windowDays > MAX_WINDOW_DAYS) {
            throw new IllegalArgumentException("window " + windowDays + " is not within 1 to 365 days");
        }
        if (sequence < 0 || sequence >= SEQUENCE_LIMIT) {
            throw new IllegalArgumentException("sequence " + sequence + " is not within 40 bits");
        }
    }

    /** The writer's bucket that holds the row. */
    public long bucket() {
        return sequence / BUCKET_SIZE;
    }

    /** The row's place within its bucket, 0 to 63. */
    public int slot() {
        return (int) (sequence % BUCKET_SIZE);
    }

    /** The public spelling, {@code partition-window-writer-sequence}, the last two in lower-case hexadecimal. */
    public String text() {
        return partition + "-" + windowDays + "-" + Integer.toHexString(writer) + "-" + Long.toHexString(sequence);
    }

    /** Reads the public spelling, in capitals too; empty where it is none. */
    public static Optional<ClickId> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher parts = TEXT.matcher(lower);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClickId(
                            Integer.parseInt(parts.group(1)),
                            Integer.parseInt(parts.group(2)),
                            Integer.parseUnsignedInt(parts.group(3), 16),
                            Long.parseLong(parts.group(4), 16)))
                    .filter(id -> id.text().equals(lower));
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    /** A total order without a meaning of its own but that, of one writer, the later id is the higher. */
    @Override
    public int compareTo(ClickId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
