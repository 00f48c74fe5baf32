package io.influtrace.worker.embedded;

import io.influtrace.worker.redis.Refused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The folder of the embedded Redis, held by one living worker at a time. It keeps keys, so only its owner may look. */
final class RedisFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private RedisFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes it where it is missing, and holds it until {@link #close()}. */
    static RedisFolder lock(Path folder) throws IOException, Refused {
        Path path = Files.createDirectories(folder).toRealPath();
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new Refused("Another worker runs the embedded Redis in " + path
                    + "; a second worker needs REDIS_URL, as in REDIS_URL=redis://127.0.0.1:6379.");
        }
        return new RedisFolder(path, channel);
    }

    Path path() {
        return path;
    }

    /** What the server prints goes here. */
    Path log() {
        return path.resolve("redis.log");
    }

    /** Written by the server at its start, removed by it when it ends in order. */
    Path pidFile() {
        return path.resolve("redis.pid");
    }

    /** The process that the last server of this folder was. */
    OptionalLong pid() throws IOException {
        if (!Files.exists(pidFile())) {
            return OptionalLong.empty();
        }
        String text = Files.readString(pidFile()).strip();
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The version of the last server that wrote here; an older one could not read it, or worse, would see nothing. */
    Optional<String> writtenBy() throws IOException {
        return Files.exists(versionFile())
                ? Optional.of(Files.readString(versionFile()).strip())
                : Optional.empty();
    }

    void written(String version) throws IOException {
        Files.writeString(versionFile(), version + System.lineSeparator());
    }

    private Path versionFile() {
        return path.resolve("written-by");
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
