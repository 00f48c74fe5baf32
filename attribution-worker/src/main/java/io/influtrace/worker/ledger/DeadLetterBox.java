package io.influtrace.worker.ledger;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.Reading.Page;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dead letters of all partitions: partition by partition, oldest first. */
public final class DeadLetterBox {

    private static final Script REPLAY = Script.of(DeadLetterBox.class, "replay.lua");

    private DeadLetterBox() {}

    /** One page of them. */
    public static CompletionStage<Page<DeadLetter>> list(
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

    /** One of them, by {@link DeadLetter#id}. */
    public static CompletionStage<Optional<DeadLetter>> find(RedisConnection<String> redis, int partitions, String id) {
        Optional<Place> place = Place.of(id, partitions);
        if (place.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        int partition = place.get().partition;
        return redis.async()
                .xrange(Keys.deadLetters(partition), Range.create(place.get().entry, place.get().entry))
                .thenApply(found -> found.stream().findFirst().map(message -> letter(partition, message)));
    }

    /** Puts one back into its stream, once; false where there is none of that id any more. */
    public static CompletionStage<Boolean> replay(RedisConnection<String> redis, int partitions, String id) {
        Optional<Place> place = Place.of(id, partitions);
        if (place.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        int partition = place.get().partition;
        CompletionStage<Long> reply = REPLAY.run(
                redis,
                ScriptOutputType.INTEGER,
                List.of(Keys.deadLetters(partition), Keys.reports(partition), LedgerKeys.tally(partition)),
                new String[] {place.get().entry});
        return reply.thenApply(replayed -> replayed == 1);
    }

    /** Where a dead letter lies: {@code partition/entry}. */
    private record Place(int partition, String entry) {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})/([0-9]{1,20}-[0-9]{1,20})");

        static Optional<Place> of(String id, int partitions) {
            Matcher parts = TEXT.matcher(id);
            return parts.matches() && Integer.parseInt(parts.group(1)) < partitions
                    ? Optional.of(new Place(Integer.parseInt(parts.group(1)), parts.group(2)))
                    : Optional.empty();
        }
    }

    private static DeadLetter letter(int partition, StreamMessage<String, String> message) {
        Map<String, String> fields = new LinkedHashMap<>(message.getBody());
        String reason = fields.getOrDefault("dead.reason", "");
        return new DeadLetter(partition + "/" + message.getId(), reason, fields);
    }
}
