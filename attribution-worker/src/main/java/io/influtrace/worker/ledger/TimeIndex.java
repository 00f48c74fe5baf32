package io.influtrace.worker.ledger;

import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Names by time in Redis, at a third of the memory of one sorted set: chunks of at most 64, which Redis keeps in one piece
 * each, under keys that begin with the index'. {@code time-index.lua} is what writes it, within the scripts that need it.
 */
public final class TimeIndex {

    /** Before every instant. */
    public static final long BEGINNING = Long.MIN_VALUE;

    private static final Script LISTED = script("listed.lua");

    private TimeIndex() {}

    /** A name and its time, milliseconds. */
    public record Listed(String name, long at) {}

    /**
     * Some of what is listed.
     *
     * @param next where the next part begins, milliseconds; empty after the last
     */
    public record Part(List<Listed> listed, OptionalLong next) {
        public Part {
            listed = List.copyOf(listed);
        }

        /** The names in their order. */
        public List<String> names() {
            return listed.stream().map(Listed::name).toList();
        }
    }

    /** A script of this package that begins with what reads and writes time indexes. */
    static Script script(String resource) {
        return Script.of(TimeIndex.class, "time-index.lua", resource);
    }

    /** What is listed from one instant to another, both inclusive, the oldest first; enough, or a chunk more, or all. */
    public static CompletionStage<Part> oldest(
            RedisConnection<String> redis, String index, long from, long until, int enough) {
        return listed(redis, index, from, until, enough, "");
    }

    /** The same, the newest first; no next part is told. */
    static CompletionStage<Part> newest(
            RedisConnection<String> redis, String index, long from, long until, int enough) {
        return listed(redis, index, from, until, enough, "1");
    }

    private static CompletionStage<Part> listed(
            RedisConnection<String> redis, String index, long from, long until, int enough, String newest) {
        String[] arguments = {Long.toString(from), Long.toString(until), Integer.toString(enough), newest};
        CompletionStage<List<String>> reply = LISTED.run(redis, ScriptOutputType.MULTI, List.of(index), arguments);
        return reply.thenApply(found -> {
            List<Listed> listed = new ArrayList<>();
            for (int i = 1; i + 1 < found.size(); i += 2) {
                listed.add(new Listed(found.get(i), Long.parseLong(found.get(i + 1))));
            }
            boolean over = !newest.isEmpty() || found.get(0).isEmpty();
            return new Part(listed, over ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(found.get(0))));
        });
    }
}
