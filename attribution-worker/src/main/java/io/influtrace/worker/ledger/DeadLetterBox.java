package io.influtrace.worker.ledger;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.Reading.Page;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The dead letters of all partitions: partition by partition, oldest first. */
final class DeadLetterBox {

    private DeadLetterBox() {}

    static CompletionStage<Page<DeadLetter>> list(
            RedisConnection<String> redis, int partitions, String cursor, int limit) {
        int slash = cursor.indexOf('/');
        int partition = slash < 0 ? 0 : Integer.parseInt(cursor.substring(0, slash));
        String after = slash < 0 ? "0-0" : cursor.substring(slash + 1);
        if (partition >= partitions) {
            return CompletableFuture.completedStage(new Page<>(List.of(), ""));
        }
        Range<String> range = Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
        return redis.async()
                .xrange(Keys.deadLetters(partition), range, Limit.from(limit))
                .thenCompose(found -> {
                    List<DeadLetter> letters = new ArrayList<>();
                    found.forEach(message -> letters.add(letter(partition, message)));
                    if (letters.size() == limit) {
                        return CompletableFuture.completedStage(new Page<>(
                                letters, partition + "/" + found.get(limit - 1).getId()));
                    }
                    if (partition + 1 == partitions) {
                        return CompletableFuture.completedStage(new Page<>(letters, ""));
                    }
                    return list(redis, partitions, partition + 1 + "/0-0", limit - letters.size())
                            .thenApply(rest -> {
                                letters.addAll(rest.items());
                                return new Page<>(letters, rest.next());
                            });
                });
    }

    static CompletionStage<Boolean> replay(RedisConnection<String> redis, int partitions, String id) {
        String[] parts = id.split("/", 2);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,3}") || Integer.parseInt(parts[0]) >= partitions) {
            return CompletableFuture.completedStage(false);
        }
        int partition = Integer.parseInt(parts[0]);
        String key = Keys.deadLetters(partition);
        return redis.async().xrange(key, Range.create(parts[1], parts[1])).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedStage(false);
            }
            Map<String, String> fields = new LinkedHashMap<>(found.get(0).getBody());
            fields.keySet().removeIf(name -> name.startsWith("dead."));
            return redis.async()
                    .xadd(Keys.reports(partition), fields)
                    .thenCompose(added -> redis.async().xdel(key, parts[1]))
                    .thenApply(gone -> true);
        });
    }

    private static DeadLetter letter(int partition, StreamMessage<String, String> message) {
        Map<String, String> fields = new LinkedHashMap<>(message.getBody());
        String reason = fields.getOrDefault("dead.reason", "");
        return new DeadLetter(partition + "/" + message.getId(), reason, fields);
    }
}
