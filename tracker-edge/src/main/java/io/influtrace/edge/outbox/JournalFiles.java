package io.influtrace.edge.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The journal's segments on disk: records of length, CRC32 and bytes, appended, read in order, deleted when a whole
 * segment was read. Single-threaded; blocks on disk. A crash while reading reads a segment again from its start, which
 * costs nothing because every flush is applied once.
 */
final class JournalFiles {

    private static final int HEAD = 8;
    private static final int MAX_RECORD = 64 << 20;
    private static final long SEGMENT_BYTES = 8 << 20;
    private static final String PREFIX = "clicks-";

    private final Path folder;
    private final long maxBytes;
    private final ArrayDeque<Path> segments = new ArrayDeque<>();
    private @Nullable FileChannel writing;
    private @Nullable FileChannel reading;
    private long bytes;
    private long nextSegment;
    private long readTo;

    private JournalFiles(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** The journal of a folder, with what an earlier process left in it. */
    static JournalFiles open(Path folder, long maxBytes) throws IOException {
        Files.createDirectories(folder);
        JournalFiles journal = new JournalFiles(folder, maxBytes);
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        }
        for (Path file : left) {
            journal.segments.add(file);
            journal.bytes += Files.size(file);
            String number = file.getFileName().toString().substring(PREFIX.length());
            journal.nextSegment = Math.max(journal.nextSegment, Long.parseLong(number) + 1);
        }
        return journal;
    }

    /** Bytes on disk. */
    long bytes() {
        return bytes;
    }

    /** Appends a record; false where the bound would be passed. */
    boolean append(byte[] record) throws IOException {
        if (bytes + HEAD + record.length > maxBytes) {
            return false;
        }
        FileChannel channel = writing;
        if (channel == null || channel.position() > SEGMENT_BYTES) {
            endSegment();
            Path file = folder.resolve(PREFIX + "%012d".formatted(nextSegment++));
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            writing = channel;
            segments.add(file);
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + record.length);
        buffer.putInt(record.length).putInt(checksum(record)).put(record).flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        bytes += HEAD + record.length;
        return true;
    }

    /** What {@link #peek} gives where the rest of a segment is unreadable; it is gone then. */
    static final byte[] TORN = {};

    /** The oldest record, to be read again until {@link #advance}, or {@link #TORN}; empty where there is none. */
    Optional<byte[]> peek() throws IOException {
        while (!segments.isEmpty()) {
            FileChannel channel = reading;
            if (channel == null) {
                if (segments.size() == 1) {
                    endSegment();
                }
                channel = FileChannel.open(segments.element(), StandardOpenOption.READ);
                reading = channel;
                readTo = 0;
            }
            long left = channel.size() - readTo;
            if (left == 0) {
                dropSegment();
                continue;
            }
            byte @Nullable [] record = readRecord(channel, left);
            if (record == null) {
                dropSegment();
                return Optional.of(TORN);
            }
            return Optional.of(record);
        }
        return Optional.empty();
    }

    /** Goes on behind the record that {@link #peek} gave. */
    void advance(byte[] record) {
        readTo += HEAD + record.length;
    }

    /** Closes the files; what was not read stays. */
    void close() throws IOException {
        endSegment();
        FileChannel channel = reading;
        if (channel != null) {
            channel.close();
            reading = null;
        }
    }

    private byte @Nullable [] readRecord(FileChannel channel, long left) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (left < HEAD || channel.read(head, readTo) != HEAD) {
            return null;
        }
        int length = head.getInt(0);
        if (length < 0 || length > MAX_RECORD || length > left - HEAD) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(length);
        while (record.hasRemaining()) {
            if (channel.read(record, readTo + HEAD + record.position()) < 0) {
                return null;
            }
        }
        return checksum(record.array()) == head.getInt(4) ? record.array() : null;
    }

    private void endSegment() throws IOException {
        FileChannel channel = writing;
        if (channel != null) {
            channel.force(false);
            channel.close();
            writing = null;
        }
    }

    private void dropSegment() throws IOException {
        FileChannel channel = reading;
        if (channel != null) {
            bytes -= channel.size();
            channel.close();
            reading = null;
        }
        Files.deleteIfExists(segments.remove());
    }

    private static int checksum(byte[] record) {
        CRC32 crc = new CRC32();
        crc.update(record);
        return (int) crc.getValue();
    }
}
