package io.influtrace.worker.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the server wrote into its own log since its start: alarms are passed on, for nobody reads that file unasked. */
final class RedisLog {

    /** Old logs are dropped above it, so that they never fill a disk. */
    private static final long MAX_BYTES = 1 << 20;

    private static final Pattern LEVEL = Pattern.compile("^[0-9]+:[A-Z] .{20,30} # ");
    private static final Pattern ALARM =
            Pattern.compile("AOF|append.only|truncat|listen|[Ff]atal|[Aa]bort|[Oo]ut of memory");

    private final Path file;
    private final long from;

    private RedisLog(Path file, long from) {
        this.file = file;
        this.from = from;
    }

    /** From here on. */
    static RedisLog since(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
            Files.delete(file);
        }
        return new RedisLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** Its warnings that somebody should know, without the process and the time before each. */
    List<String> alarms() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] all = Files.readAllBytes(file);
        String fresh = new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
        return fresh.lines()
                .filter(line -> LEVEL.matcher(line).find())
                .map(line -> LEVEL.matcher(line).replaceFirst(""))
                .filter(line -> ALARM.matcher(line).find())
                .toList();
    }
}
