package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Follows one partition's ledger from its first entry on, and reads orders and counters exactly as they are where it has
 * come to: each read brings, in one script, the entries that came before it. So what is read beside a living worker can
 * be compared with the ledger to the cent. Blocks; for one thread.
 */
public final class Inspection {

    private static final Script INSPECT = Script.of(Inspection.class, "inspect.lua");
    private static final Script RECOUNT = Script.of(Inspection.class, "recount.lua");
    private static final Script REPLACE = Script.of(Inspection.class, "replace.lua");

    /** Entries of one reply: some hundred kilobytes. */
    private static final int PAGE = 1_000;

    /** Catching up is faster than any ledger grows; this ends the wait where it is not. */
    private static final int MAX_PAGES = 100_000_000;

    private final RedisConnection<String> redis;
    private final int partition;
    private final Consumer<LedgerEntry> reader;
    private String last = "0-0";

    /** Reads a partition's ledger to somebody, every entry once and in order. */
    public Inspection(RedisConnection<String> redis, int partition, Consumer<LedgerEntry> reader) {
        this.redis = redis;
        this.partition = partition;
        this.reader = reader;
    }

    /** Reads up to the newest entry. */
    public void catchUp() {
        read(List.of(), LedgerKeys.balances(partition), false);
    }

    /** Orders of this partition, where the ledger has now come to. */
    public List<StoredOrder> orders(List<String> identities) {
        List<?> found = (List<?>)
                read(identities, LedgerKeys.balances(partition), false).get(1);
        List<StoredOrder> orders = new ArrayList<>();
        for (int i = 0; i < identities.size(); i++) {
            List<?> parts = (List<?>) found.get(i);
            orders.add(StoredOrder.of(
                    OrderIdentity.parse(identities.get(i)),
                    String.valueOf(parts.get(0)),
                    String.valueOf(parts.get(1)),
                    String.valueOf(parts.get(2)),
                    String.valueOf(parts.get(3))));
        }
        return orders;
    }

    /** A hash that counts, where the ledger has now come to. */
    public Map<String, String> counters(String key) {
        List<?> pairs = (List<?>) read(List.of(), key, true).get(2);
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(String.valueOf(pairs.get(i)), String.valueOf(pairs.get(i + 1)));
        }
        return fields;
    }

    /** Sets counters; false, and nothing done, where the ledger went on since. */
    public boolean recount(String key, Map<String, Long> fields) {
        List<String> arguments = new ArrayList<>(List.of(last));
        fields.forEach((field, value) -> {
            arguments.add(field);
            arguments.add(Long.toString(value));
        });
        CompletionStage<String> reply = RECOUNT.run(
                redis,
                ScriptOutputType.VALUE,
                List.of(LedgerKeys.ledger(partition), key),
                arguments.toArray(String[]::new));
        return Answers.of(reply).equals("DONE");
    }

    /**
     * Puts a settled order where its record says, and into the ledger what that lacks of it; false, and nothing done, where
     * the order changed or the ledger went on.
     *
     * @param booked what the ledger's entries of this order come to, by field of {@link Books}
     */
    public boolean replace(StoredOrder order, Map<String, Long> booked) {
        OrderRecord record = order.record().orElseThrow();
        long at = record.ruling().orElseThrow().inputs().order().occurredAt();
        String identity = order.identity().text();
        String[] arguments = {
            identity,
            Long.toString(record.version()),
            last,
            Long.toString(at),
            order.holdsUntil().map(end -> Long.toString(end)).orElse("-"),
            Keys.day(at),
            LedgerLines.pack(Books.entry(booked, Books.of(record)))
        };
        List<String> keys = List.of(
                LedgerKeys.ledger(partition),
                LedgerKeys.orderIndex(partition),
                LedgerKeys.holds(partition),
                Keys.order(partition, identity));
        CompletionStage<String> reply = REPLACE.run(redis, ScriptOutputType.VALUE, keys, arguments);
        return Answers.of(reply).equals("DONE");
    }

    private List<?> read(List<String> identities, String hash, boolean whole) {
        List<String> keys = new ArrayList<>(List.of(
                LedgerKeys.ledger(partition),
                hash,
                LedgerKeys.todo(partition),
                LedgerKeys.orderIndex(partition),
                LedgerKeys.holds(partition)));
        identities.forEach(identity -> keys.add(Keys.order(partition, identity)));
        for (int i = 0; i < MAX_PAGES; i++) {
            List<String> arguments = new ArrayList<>(List.of(last, Integer.toString(PAGE), whole ? "1" : ""));
            arguments.addAll(identities);
            CompletionStage<List<?>> reply =
                    INSPECT.run(redis, ScriptOutputType.MULTI, keys, arguments.toArray(String[]::new));
            List<?> answer = Answers.of(reply);
            List<?> tail = (List<?>) answer.get(0);
            for (Object each : tail) {
                LedgerEntry entry = LedgerEntry.read((List<?>) each);
                last = entry.id();
                reader.accept(entry);
            }
            if (tail.size() < PAGE) {
                return answer;
            }
        }
        throw new IllegalStateException("the ledger of partition " + partition + " never ended");
    }
}
