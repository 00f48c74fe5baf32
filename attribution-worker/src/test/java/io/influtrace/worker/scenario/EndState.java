package io.influtrace.worker.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that stands in the books: records, statuses, indexes, balances, counters, tallies, ledger entries and dead letters,
 * by key. Streams are compared by what their entries say, not by when it was said; the index of orders by what it lists,
 * not by where a chunk of it ends, which hangs on what came first.
 */
record EndState(Map<String, List<String>> keys) {

    static EndState of(RedisConnection<byte[]> redis, Partitions partitions) throws Exception {
        Map<String, List<String>> keys = new TreeMap<>();
        for (String key : redis.async().keys("{p*").get()) {
            List<String> content = switch (redis.async().type(key).get()) {
                case "string" -> List.of(text(redis.async().get(key).get()));
                case "hash" -> hash(redis.async().hgetall(key).get());
                case "zset" -> scores(redis.async().zrangeWithScores(key, 0, -1).get());
                case "stream" -> entries(redis, key);
                default -> List.of("unreadable");
            };
            keys.put(key, content);
        }
        for (int partition = 0; partition < partitions.count(); partition++) {
            keys.remove(Keys.reports(partition));
            keys.put(LedgerKeys.orderIndex(partition), listed(keys, LedgerKeys.orderIndex(partition)));
        }
        return new EndState(keys);
    }

    /** What all chunks of an index list; they are taken out of the keys. */
    private static List<String> listed(Map<String, List<String>> keys, String index) {
        List<String> listed = new ArrayList<>();
        keys.forEach((key, content) -> listed.addAll(key.startsWith(index + ":") ? content : List.of()));
        keys.keySet().removeIf(key -> key.startsWith(index + ":"));
        Collections.sort(listed);
        return listed;
    }

    /** Keys whose content differs, with both contents. */
    Map<String, String> differences(EndState other) {
        Map<String, String> differences = new TreeMap<>();
        Collection<String> all = new ArrayList<>(keys.keySet());
        all.addAll(other.keys.keySet());
        for (String key : all) {
            List<String> mine = keys.getOrDefault(key, List.of());
            List<String> theirs = other.keys.getOrDefault(key, List.of());
            if (!mine.equals(theirs)) {
                List<String> only = new ArrayList<>(mine);
                only.removeAll(theirs);
                List<String> otherOnly = new ArrayList<>(theirs);
                otherOnly.removeAll(mine);
                differences.put(key, only + " but " + otherOnly);
            }
        }
        return differences;
    }

    private static List<String> entries(RedisConnection<byte[]> redis, String key) throws Exception {
        List<String> entries = new ArrayList<>();
        for (StreamMessage<String, byte[]> message :
                redis.async().xrange(key, Range.unbounded()).get()) {
            entries.add(hash(message.getBody()).toString());
        }
        Collections.sort(entries);
        return entries;
    }

    private static List<String> hash(Map<String, byte[]> fields) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(fields)
                .forEach((field, value) ->
                        lines.add(KeyValue.just(field, text(value)).toString()));
        return lines;
    }

    private static List<String> scores(List<ScoredValue<byte[]>> values) {
        return values.stream()
                .map(value -> value.getScore() + " " + text(value.getValue()))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
