package io.influtrace.worker.intake;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XPendingArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.models.stream.PendingMessage;
import io.lettuce.core.models.stream.PendingMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One partition's stream of reports as one consumer sees it. Never waits for news; entries are bytes, because what comes in
 * is not always text.
 */
final class ReportStream {

    private static final Script BURY = Script.of(ReportStream.class, "bury.lua");

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

    /** Makes the group, from the stream's beginning; false where there is one. Blocks. */
    boolean join() {
        try {
            Answers.of(redis.async()
                    .xgroupCreate(
                            XReadArgs.StreamOffset.from(key, "0"), Keys.GROUP, XGroupCreateArgs.Builder.mkstream()));
            return true;
        } catch (RedisAway failed) {
            if (!(failed.getCause() instanceof RedisBusyException)) {
                throw failed;
            }
            return false;
        }
    }

    /** Whether a command failed because there is no group, or no stream. */
    static boolean groupIsGone(RedisAway failed) {
        return failed.getCause() instanceof RedisCommandExecutionException refused
                && String.valueOf(refused.getMessage()).startsWith("NOGROUP");
    }

    /** Entries that nobody has had yet. */
    @SuppressWarnings("unchecked") // The client takes streams as a generic array; there is but one.
    CompletionStage<List<Entry>> next(int limit) {
        XReadArgs arguments = XReadArgs.Builder.count(limit);
        return redis.async()
                .xreadgroup(consumer, arguments, XReadArgs.StreamOffset.lastConsumed(key))
                .thenApply(ReportStream::entries);
    }

    /** Entries that some worker has had for {@code idle} milliseconds without settling them, and how often they were had. */
    CompletionStage<List<PendingMessage>> pending(long idle, int limit) {
        XPendingArgs<String> arguments =
                XPendingArgs.Builder.xpending(Keys.GROUP, Range.<String>unbounded(), Limit.create(0, limit));
        return redis.async().xpending(key, idle > 0 ? arguments.idle(idle) : arguments);
    }

    /** Entries that this worker was given and that are not settled. */
    CompletionStage<List<PendingMessage>> own(int limit) {
        return redis.async().xpending(key, consumer, Range.<String>unbounded(), Limit.create(0, limit));
    }

    /** Takes such entries over, which is no try yet; answers those that no other took meanwhile. */
    CompletionStage<List<String>> claim(List<String> ids, long idle) {
        XClaimArgs arguments = XClaimArgs.Builder.justid().minIdleTime(idle);
        return redis.async()
                .xclaim(key, consumer, arguments, ids.toArray(String[]::new))
                .thenApply(claimed -> claimed.stream().map(StreamMessage::getId).toList());
    }

    /** Counts a further try at an entry, before it is tried; false where it is settled by now. */
    CompletionStage<Boolean> tryAgain(String id) {
        return redis.async().xclaim(key, consumer, 0, id).thenApply(claimed -> !claimed.isEmpty());
    }

    /** Says that entries in this worker's hands are not abandoned; it is no further try. */
    CompletionStage<Void> keep(List<String> ids, Duration untouched) {
        XClaimArgs arguments = XClaimArgs.Builder.justid().minIdleTime(untouched);
        return redis.async()
                .xclaim(key, consumer, arguments, ids.toArray(String[]::new))
                .thenAccept(kept -> {});
    }

    /** One entry as it lies in the stream. */
    CompletionStage<Optional<Entry>> find(String id) {
        return redis.async()
                .xrange(key, Range.create(id, id))
                .thenApply(found -> entries(found).stream().findFirst());
    }

    /** Entries from one id to another, as many of the first as {@code limit}. */
    CompletionStage<List<Entry>> between(String first, String last, int limit) {
        return redis.async()
                .xrange(key, Range.create(first, last), Limit.from(limit))
                .thenApply(ReportStream::entries);
    }

    /** Moves an entry to the dead letters with its reason, once. */
    CompletionStage<Boolean> bury(String id, String reason) {
        byte[][] arguments = {utf8(Keys.GROUP), utf8(id), utf8(reason)};
        CompletionStage<Long> reply = BURY.run(
                redis,
                ScriptOutputType.INTEGER,
                List.of(key, Keys.deadLetters(partition), LedgerKeys.tally(partition)),
                arguments);
        return reply.thenApply(buried -> buried == 1);
    }

    /** Cuts off what every worker is done with, never what is pending or undelivered. Blocks. */
    void trim() {
        PendingMessages pending = Answers.of(redis.async().xpending(key, Keys.GROUP));
        String lowest = pending.getMessageIds().getLower().getValue();
        String oldest = pending.getCount() > 0 && lowest != null ? lowest : lastDelivered();
        if (!oldest.equals("0-0")) {
            Answers.of(redis.async().xtrim(key, XTrimArgs.Builder.minId(oldest)));
        }
    }

    /** The id of the entry that was handed out last. Blocks. */
    String lastDelivered() {
        for (Object group : Answers.of(redis.async().xinfoGroups(key))) {
            Map<String, String> facts = facts((List<?>) group);
            if (Keys.GROUP.equals(facts.get("name"))) {
                return facts.getOrDefault("last-delivered-id", "0-0");
            }
        }
        return "0-0";
    }

    /** Entries from one id on, that one left out. Blocks. */
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Entry> entries(List<StreamMessage<String, byte[]>> messages) {
        List<Entry> entries = new ArrayList<>();
        for (StreamMessage<String, byte[]> message : messages) {
            entries.add(new Entry(message.getId(), message.getBody() == null ? Map.of() : message.getBody()));
        }
        return entries;
    }
}
