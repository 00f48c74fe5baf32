package io.influtrace.edge.directory;

import io.influtrace.protocol.config.Change.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The tables and the deployment's own record on local disk, for a boot without Redis. It holds keys and secrets, so it is
 * readable by its owner alone; it is written beside itself and renamed, so a reader finds the old one or the new one.
 */
public final class SnapshotFile {

    private static final int MAGIC = 0x49545331;

    private final Path file;

    private SnapshotFile(Path file) {
        this.file = file;
    }

    /** The snapshot of that path, which need not exist. */
    public static SnapshotFile at(Path file) {
        return new SnapshotFile(file);
    }

    /** What a snapshot held: the deployment's record. The tables went into the directory. */
    public record Meta(Map<String, String> fields) {
        public Meta {
            fields = Map.copyOf(fields);
        }

        @Override
        public String toString() {
            return "Meta" + fields.keySet();
        }
    }

    /** Writes it; blocks on disk, so never on an event loop. */
    public void write(Directory directory, Meta meta) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        writeTable(out, meta.fields);
        for (Kind kind : Kind.values()) {
            writeTable(out, directory.records().table(kind));
        }
        byte[] body = bytes.toByteArray();
        ByteBuffer head =
                ByteBuffer.allocate(12).putInt(MAGIC).putLong(checksum(body)).flip();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))))) {
            ByteBuffer[] parts = {head, ByteBuffer.wrap(body)};
            while (parts[1].hasRemaining()) {
                channel.write(parts);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads it into the directory; empty where there is none or it is damaged. */
    public Optional<Meta> read(Directory directory) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (bytes.length < 12 || in.readInt() != MAGIC || in.readLong() != checksum(tail(bytes))) {
            return Optional.empty();
        }
        Meta meta = new Meta(readTable(in));
        Records records = Records.empty();
        for (Kind kind : Kind.values()) {
            readTable(in).forEach((key, record) -> records.put(kind, key, record));
        }
        directory.replace(records);
        return Optional.of(meta);
    }

    private static void writeTable(DataOutputStream out, Map<String, String> table) throws IOException {
        Map<String, String> frozen = new LinkedHashMap<>(table);
        out.writeInt(frozen.size());
        for (Map.Entry<String, String> entry : frozen.entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Map<String, String> readTable(DataInputStream in) throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String key = readText(in);
            table.put(key, readText(in));
        }
        return table;
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static byte[] tail(byte[] bytes) {
        return java.util.Arrays.copyOfRange(bytes, 12, bytes.length);
    }

    private static long checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
