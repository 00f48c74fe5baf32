package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The one port to Redis for orders and money. Thread-safe; every effect is one script in one partition. */
public final class Ledger {

    private static final Script PUT = Holds.script("put.lua");
    private static final Script ACKNOWLEDGE = Script.of(Ledger.class, "acknowledge.lua");
    private static final Script FINISH = Script.of(Ledger.class, "finish.lua");
    private static final Script PAYOUT = Script.of(Ledger.class, "payout.lua");

    private final RedisConnection<String> redis;
    private final Partitions partitions;

    public Ledger(RedisConnection<String> redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** What became of a change. */
    public sealed interface Put {}

    /** It stands. */
    public record Stands(OrderRecord record) implements Put {}

    /** Somebody else was first; nothing was done. */
    public record Changed(OrderRecord current) implements Put {}

    /** The entry had been settled before; nothing was done. */
    public record Gone(OrderRecord current) implements Put {}

    /** How many partitions there are, and which is whose. */
    public Partitions partitions() {
        return partitions;
    }

    /** An order's record; {@link OrderRecord#ABSENT} where there is none. */
    public CompletionStage<OrderRecord> read(OrderIdentity identity) {
        return redis.async()
                .get(Keys.order(partitions.of(identity), identity.text()))
                .thenApply(text -> text == null ? OrderRecord.ABSENT : RecordJson.read(text, identity));
    }

    /** Makes a change with everything that belongs to it, or nothing of it. */
    public CompletionStage<Put> put(Change change) {
        int partition = partitions.of(change.identity());
        String identity = change.identity().text();
        OrderRecord after = change.after();
        String day = Keys.day(change.countedAt());
        StringBuilder epochs = new StringBuilder();
        change.epochs()
                .forEach((field, epoch) ->
                        epochs.append(field).append('\n').append(epoch).append('\n'));
        String lines = Books.entry(Books.of(change.before()), Books.of(after));
        List<String> keys = List.of(
                Keys.order(partition, identity),
                Keys.reports(partition),
                LedgerKeys.ledger(partition),
                LedgerKeys.balances(partition),
                LedgerKeys.day(partition, change.countedAt()),
                LedgerKeys.orderIndex(partition),
                LedgerKeys.holds(partition),
                LedgerKeys.todo(partition),
                LedgerKeys.tally(partition));
        String[] arguments = {
            Long.toString(change.before().version()),
            RecordJson.write(after, change.identity()),
            identity,
            Keys.GROUP,
            change.acknowledges(),
            change.guarded() ? "1" : "",
            change.kind(),
            lines,
            change.followers() ? "1" : "",
            change.tally(),
            epochs.toString(),
            Long.toString(after.version()),
            day,
            LedgerLines.pack(lines, identity),
            change.leaves(),
            change.takes(),
            change.hold().map(Holds.Hold::mark).orElse(""),
            change.hold().map(hold -> Long.toString(hold.ends())).orElse("")
        };
        CompletionStage<List<String>> reply = PUT.run(redis, ScriptOutputType.MULTI, keys, arguments);
        return reply.thenApply(answer -> switch (answer.get(0)) {
            case "DONE" -> new Stands(after);
            case "GONE" -> new Gone(RecordJson.read(answer.get(1), change.identity()));
            default -> new Changed(RecordJson.read(answer.get(1), change.identity()));
        });
    }

    /** Acknowledges a report that changes no order, counting it once. */
    public CompletionStage<Void> acknowledge(int partition, String entry, String tally) {
        String[] arguments = {Keys.GROUP, entry, tally};
        CompletionStage<String> reply = ACKNOWLEDGE.run(
                redis,
                ScriptOutputType.VALUE,
                List.of(Keys.reports(partition), LedgerKeys.tally(partition)),
                arguments);
        return reply.thenAccept(done -> {});
    }

    /** Puts a report into the stream of the order that it is about. */
    public CompletionStage<Void> report(OrderIdentity identity, Map<String, String> fields) {
        return redis.async().xadd(Keys.reports(partitions.of(identity)), fields).thenAccept(added -> {});
    }

    /** Says that an order's losers are written, and acknowledges the report that waited for them. */
    public CompletionStage<Void> finished(OrderIdentity identity, String entry) {
        int partition = partitions.of(identity);
        String[] arguments = {identity.text(), entry, Keys.GROUP};
        CompletionStage<String> reply = FINISH.run(
                redis, ScriptOutputType.VALUE, List.of(LedgerKeys.todo(partition), Keys.reports(partition)), arguments);
        return reply.thenAccept(done -> {});
    }

    /** The entry that waits for an order's losers to be written. */
    public CompletionStage<Optional<String>> unfinished(OrderIdentity identity) {
        return redis.async()
                .hget(LedgerKeys.todo(partitions.of(identity)), identity.text())
                .thenApply(Optional::ofNullable);
    }

    /** Orders of a partition whose losers are not known to be written. */
    public CompletionStage<Collection<String>> unfinished(int partition) {
        return redis.async().hkeys(LedgerKeys.todo(partition)).thenApply(List::copyOf);
    }

    /** What is held back, and until when. */
    public Holds holds() {
        return new Holds(redis);
    }

    /** How many payouts a partition has made, by balance field ending in {@code epoch}. */
    public CompletionStage<Map<String, Long>> epochs(OrderIdentity identity, Collection<String> fields) {
        if (fields.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        return redis.async()
                .hmget(LedgerKeys.balances(partitions.of(identity)), fields.toArray(String[]::new))
                .thenApply(found -> {
                    Map<String, Long> epochs = new TreeMap<>();
                    found.forEach(each -> epochs.put(each.getKey(), Long.parseLong(each.getValueOrElse("0"))));
                    return epochs;
                });
    }

    /**
     * Pays what one partition owes a creator, once for each payout id.
     *
     * @return minor units of the currency, the same at every repetition
     */
    public CompletionStage<Long> pay(int partition, String payoutId, String creator, String currency, long at) {
        String[] arguments = {payoutId, creator + "\t" + currency, Long.toString(at)};
        List<String> keys =
                List.of(LedgerKeys.balances(partition), LedgerKeys.ledger(partition), LedgerKeys.payouts(partition));
        CompletionStage<String> reply = PAYOUT.run(redis, ScriptOutputType.VALUE, keys, arguments);
        return reply.thenApply(Long::parseLong);
    }

    /** The field that counts payouts of a credit's creator. */
    public static String epochField(String creator, String currency) {
        return Books.balance(creator, currency, "epoch");
    }

    /** The records of several orders of one partition, in their order; absent where there is none. */
    public CompletionStage<List<OrderRecord>> readAll(int partition, List<String> identities) {
        if (identities.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        String[] keys = identities.stream()
                .map(identity -> Keys.order(partition, identity))
                .toArray(String[]::new);
        return redis.async().mget(keys).thenApply(found -> {
            List<OrderRecord> records = new ArrayList<>();
            for (int i = 0; i < keys.length; i++) {
                records.add(RecordJson.read(found.get(i).getValueOrElse(""), OrderIdentity.parse(identities.get(i))));
            }
            return records;
        });
    }
}
