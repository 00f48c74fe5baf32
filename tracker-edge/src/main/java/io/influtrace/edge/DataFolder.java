package io.influtrace.edge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** This process's own folder: the first of {@code edge-0}, {@code edge-1}, … that no living process holds locked. */
final class DataFolder implements Closeable {

    /** Edges on one machine and folder; more is a loop that starts without end. */
    private static final int MOST = 64;

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DataFolder lock(Path dataDir) throws IOException {
        for (int i = 0; i < MOST; i++) {
            Path path = Files.createDirectories(dataDir.resolve("edge-" + i));
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new DataFolder(path, channel);
            }
            channel.close();
        }
        throw new IOException("all " + MOST + " folders in " + dataDir + " are in use");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException ownOther) {
            return false;
        }
    }
}
