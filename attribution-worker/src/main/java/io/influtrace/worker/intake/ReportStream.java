package io.influtrace.worker.intake;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XPendingArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.models.stream.PendingMessage;
import io.lettuce.core.models.stream.PendingMessages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One partition's stream of reports as one consumer sees it. Blocks, on threads that may; entries are bytes, because what
 * comes in is not always text.
 */
final class ReportStream {

    private final RedisConnection<byte[]> redis;
    private final int partition;
    private final String key;
    private final Consumer<String> consumer;

    ReportStream(RedisConnection<byte[]> redis, int partition, String consumer) {
        this.redis = redis;
        this.partition = partition;
        this.key = Keys.reports(partition);
        this.consumer = Consumer.from(Keys.GROUP, consumer);
    }

    int partition() {
        return partition;
    }

    /** Makes the group, from the stream's beginning, where there is none. */
    void join() {
        try {
            Answers.of(redis.async()
                    .xgroupCreate(
                            XReadArgs.StreamOffset.from(key, "0"), Keys.GROUP, XGroupCreateArgs.Builder.mkstream()));
        } catch (RedisAway failed) {
            if (!(failed.getCause() instanceof RedisBusyException)) {
                throw failed;
            }
        }
    }

    /** Entries that nobody has had yet, waiting up to {@code millis} for the first where that is not 0. */
    @SuppressWarnings("unchecked") // The client takes streams as a generic array; there is but one.
    List<Entry> next(int limit, long millis) {
        XReadArgs arguments = XReadArgs.Builder.count(limit);
        if (millis > 0) {
            arguments.block(millis);
        }
        return entries(
                Answers.of(redis.async().xreadgroup(consumer, arguments, XReadArgs.StreamOffset.lastConsumed(key))));
    }

    /** Entries that some worker has had for {@code idle} milliseconds without settling them, and how often they were had. */
    List<PendingMessage> abandoned(long idle, int limit) {
        XPendingArgs<String> arguments =
                XPendingArgs.Builder.xpending(Keys.GROUP, Range.<String>unbounded(), Limit.create(0, limit));
        return Answers.of(redis.async().xpending(key, idle > 0 ? arguments.idle(idle) : arguments));
    }

    /** Takes such entries over; what another took meanwhile is left to it. */
    List<Entry> claim(List<String> ids, long idle) {
        List<StreamMessage<String, byte[]>> claimed =
                Answers.of(redis.async().xclaim(key, consumer, idle, ids.toArray(String[]::new)));
        return entries(claimed);
    }

    /** One entry as it lies in the stream. */
    Optional<Entry> find(String id) {
        return entries(Answers.of(redis.async().xrange(key, Range.create(id, id)))).stream()
                .findFirst();
    }

    /** Moves an entry to the dead letters with its reason; a crash between leaves it in both, and settling twice is free. */
    void bury(Entry entry, String reason) {
        Map<String, byte[]> letter = new LinkedHashMap<>(entry.fields());
        letter.put("dead.reason", reason.getBytes(StandardCharsets.UTF_8));
        letter.put("dead.id", entry.id().getBytes(StandardCharsets.UTF_8));
        Answers.of(redis.async().xadd(Keys.deadLetters(partition), letter));
        if (Answers.of(redis.async().xack(key, Keys.GROUP, entry.id())) == 1) {
            Answers.of(redis.async().hincrby(LedgerKeys.tally(partition), "dead." + reason, 1));
        }
    }

    /** Cuts off what every worker is done with, never what is pending or undelivered. */
    void trim() {
        PendingMessages pending = Answers.of(redis.async().xpending(key, Keys.GROUP));
        String lowest = pending.getMessageIds().getLower().getValue();
        String oldest = pending.getCount() > 0 && lowest != null ? lowest : lastDelivered();
        if (!oldest.equals("0-0")) {
            Answers.of(redis.async().xtrim(key, XTrimArgs.Builder.minId(oldest)));
        }
    }

    /** The id of the entry that was handed out last. */
    String lastDelivered() {
        for (Object group : Answers.of(redis.async().xinfoGroups(key))) {
            Map<String, String> facts = facts((List<?>) group);
            if (Keys.GROUP.equals(facts.get("name"))) {
                return facts.getOrDefault("last-delivered-id", "0-0");
            }
        }
        return "0-0";
    }

    /** Entries from one id on, that one left out. */
    List<Entry> after(String id, int limit) {
        return entries(Answers.of(redis.async()
                .xrange(key, Range.from(Range.Boundary.excluding(id), Range.Boundary.unbounded()), Limit.from(limit))));
    }

    private static Map<String, String> facts(List<?> pairs) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            facts.put(text(pairs.get(i)), text(pairs.get(i + 1)));
        }
        return facts;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private static List<Entry> entries(List<StreamMessage<String, byte[]>> messages) {
        List<Entry> entries = new ArrayList<>();
        for (StreamMessage<String, byte[]> message : messages) {
            entries.add(new Entry(message.getId(), message.getBody() == null ? Map.of() : message.getBody()));
        }
        return entries;
    }
}
