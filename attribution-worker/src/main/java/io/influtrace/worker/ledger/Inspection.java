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
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Follows one partition's ledger from its first entry on, and reads orders and counters exactly as they are where it has
 * come to: each read brings, in one script, the entries that came before it. So what is read beside a living worker can
 * be compared with the ledger to the cent. Blocks; for one thread.
 */
public final class Inspection {

    private static final Script INSPECT = Holds.script("inspect.lua");
    private static final Script RECOUNT = Script.of(Inspection.class, "recount.lua");
    private static final Script PLACE = TimeIndex.script("place.lua");
    private static final Script DISPLACE = TimeIndex.script("displace.lua");
    private static final Script REPLACE = Holds.script("replace.lua");

    /** Entries of one reply: some hundred kilobytes. */
    private static final int PAGE = 1_000;

    /** How often orders are looked at again because one changed meanwhile; no order changes at every look. */
    private static final int MAX_LOOKS = 1_000;

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
        List<StoredOrder> seen = identities.stream()
                .map(identity -> StoredOrder.unseen(OrderIdentity.parse(identity)))
                .toList();
        for (int i = 0; i < MAX_LOOKS; i++) {
            List<StoredOrder> before = seen;
            seen = look(before);
            // A record says where the lists must have it, so places are asked for that were right a moment before.
            if (texts(seen).equals(texts(before))) {
                return seen;
            }
        }
        throw new IllegalStateException("orders of partition " + partition + " never stood still");
    }

    private static List<String> texts(List<StoredOrder> orders) {
        return orders.stream().map(StoredOrder::text).toList();
    }

    private List<StoredOrder> look(List<StoredOrder> asked) {
        List<?> found =
                (List<?>) read(asked, LedgerKeys.balances(partition), false).get(1);
        List<StoredOrder> orders = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            List<?> parts = (List<?>) found.get(i);
            orders.add(StoredOrder.of(
                    asked.get(i).identity(),
                    String.valueOf(parts.get(0)),
                    String.valueOf(parts.get(1)),
                    String.valueOf(parts.get(2)),
                    String.valueOf(parts.get(3))));
        }
        return orders;
    }

    /** An order's record and whether the index has the order at an instant, read at one moment. */
    public record Place(Optional<OrderRecord> record, boolean listed) {}

    /** Looks whether the index lists an order at an instant, milliseconds. */
    public Place place(OrderIdentity order, long at) {
        String[] arguments = {order.text(), Long.toString(at)};
        CompletionStage<List<String>> reply = PLACE.run(redis, ScriptOutputType.MULTI, indexAnd(order), arguments);
        List<String> found = Answers.of(reply);
        boolean listed = !found.get(0).isEmpty() && (long) Double.parseDouble(found.get(0)) == at;
        return new Place(StoredOrder.record(found.get(1), order), listed);
    }

    /** Takes an order out of a place where its record does not want it; false, and nothing done, where that changed. */
    public boolean displace(OrderIdentity order, long at, long version) {
        String[] arguments = {order.text(), Long.toString(at), Long.toString(version)};
        CompletionStage<String> reply = DISPLACE.run(redis, ScriptOutputType.VALUE, indexAnd(order), arguments);
        return Answers.of(reply).equals("DONE");
    }

    private List<String> indexAnd(OrderIdentity order) {
        return List.of(LedgerKeys.orderIndex(partition), Keys.order(partition, order.text()));
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
        long at = record.place().orElseThrow();
        String identity = order.identity().text();
        String[] arguments = {
            identity,
            Long.toString(record.version()),
            last,
            Long.toString(at),
            Keys.day(at),
            LedgerLines.pack(Books.entry(booked, Books.of(record)), identity),
            Holds.Hold.of(record).map(Holds.Hold::mark).orElse(""),
            text(order.holdsUntil())
        };
        List<String> keys = List.of(
                LedgerKeys.ledger(partition),
                LedgerKeys.orderIndex(partition),
                LedgerKeys.holds(partition),
                Keys.order(partition, identity));
        CompletionStage<String> reply = REPLACE.run(redis, ScriptOutputType.VALUE, keys, arguments);
        return Answers.of(reply).equals("DONE");
    }

    private static String text(Optional<Long> at) {
        return at.map(instant -> Long.toString(instant)).orElse("");
    }

    private List<?> read(List<StoredOrder> orders, String hash, boolean whole) {
        List<String> keys = new ArrayList<>(List.of(
                LedgerKeys.ledger(partition),
                hash,
                LedgerKeys.todo(partition),
                LedgerKeys.orderIndex(partition),
                LedgerKeys.holds(partition),
                LedgerKeys.holdsTaken(partition)));
        orders.forEach(order -> keys.add(Keys.order(partition, order.identity().text())));
        for (int i = 0; i < MAX_PAGES; i++) {
            List<String> arguments = new ArrayList<>(List.of(last, Integer.toString(PAGE), whole ? "1" : ""));
            for (StoredOrder order : orders) {
                arguments.add(order.identity().text());
                arguments.add(text(order.record().flatMap(OrderRecord::place)));
                arguments.add(order.record()
                        .flatMap(Holds.Hold::of)
                        .map(Holds.Hold::mark)
                        .orElse(""));
                arguments.add(text(order.holdsUntil()));
            }
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
