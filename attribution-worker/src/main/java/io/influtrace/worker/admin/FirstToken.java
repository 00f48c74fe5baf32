package io.influtrace.worker.admin;

import io.influtrace.worker.redis.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a new deployment its first admin token: made once, written where only the operator reads. Waits; for the start. */
final class FirstToken {

    /** The file within the data folder. */
    static final String FILE = "admin-token";

    private static final Logger LOG = LoggerFactory.getLogger(FirstToken.class);

    private FirstToken() {}

    /** Where the file is there its token holds, also over a Redis that lost it; else one is made unless an admin has one. */
    static void ensure(Tokens tokens, Path dataDir, RandomGenerator random) throws IOException {
        Path file = dataDir.resolve(FILE);
        if (Files.exists(file)) {
            Answers.of(tokens.keep(Files.readString(file).strip(), Caller.FIRST_ADMIN));
            LOG.info("event=admin_token file={}", file);
        } else if (!Answers.of(tokens.anyAdmin())) {
            String token = Secrets.token("ita_", random);
            Files.createDirectories(dataDir);
            write(file, token);
            Answers.of(tokens.keep(token, Caller.FIRST_ADMIN));
            LOG.info("event=admin_token_made file={}", file);
        }
    }

    private static void write(Path file, String token) throws IOException {
        FileAttribute<?>[] own =
                Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), own)) {
            channel.write(java.nio.ByteBuffer.wrap((token + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }
}
