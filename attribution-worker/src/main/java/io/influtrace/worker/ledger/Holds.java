package io.influtrace.worker.ledger;

import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which orders' holds have ended. No order is listed: the index by time lists them all, and a mark for each hour of orders
 * and each length of hold says from where on it has to be looked through. Thread-safe.
 *
 * @param redis where they lie
 */
public record Holds(RedisConnection<String> redis) {

    private static final Script TAKE = Script.of(Holds.class, "take-holds.lua");

    private static final long DAY = 86_400_000;
    private static final long HOUR = 3_600_000;

    /** Marks taken at once. */
    private static final int PAGE = 100;

    /** What put.lua and its kin begin with: they write the index and the marks together. */
    static Script script(String resource) {
        return Script.of(Holds.class, "time-index.lua", "hold.lua", resource);
    }

    /**
     * An order's next hold.
     *
     * @param mark {@code hour:days}: the hour of the order since 1970 and the length of its hold
     * @param ends when it ends, milliseconds
     */
    record Hold(String mark, long ends) {
        static Optional<Hold> of(OrderRecord record) {
            return Change.nextHold(record).map(ends -> {
                long at = record.place().orElseThrow();
                return new Hold(Math.floorDiv(at, HOUR) + ":" + (ends - at) / DAY, ends);
            });
        }
    }

    /**
     * Orders whose hold has ended: all that the index lists between two instants, both inclusive.
     *
     * @param name under which they are taken
     */
    public record Taken(String name, long from, long until) {}

    /** Takes what has ended by an instant, and what was taken before and not said to be approved. */
    public CompletionStage<List<Taken>> take(int partition, long now) {
        String[] arguments = {Long.toString(now), Integer.toString(PAGE), Long.toString(DAY), Long.toString(HOUR)};
        CompletionStage<List<String>> reply = TAKE.run(
                redis,
                ScriptOutputType.MULTI,
                List.of(LedgerKeys.holds(partition), LedgerKeys.holdsTaken(partition)),
                arguments);
        return reply.thenApply(found -> {
            List<Taken> taken = new ArrayList<>();
            for (int i = 0; i + 1 < found.size(); i += 2) {
                taken.add(taken(found.get(i), Long.parseLong(found.get(i + 1))));
            }
            return taken;
        });
    }

    private static Taken taken(String name, long until) {
        int at = name.lastIndexOf('@');
        long held = Long.parseLong(name.substring(name.indexOf(':') + 1, at)) * DAY;
        return new Taken(name, Long.parseLong(name.substring(at + 1)) - held, until - 1 - held);
    }

    /** The orders of some that were taken, from an instant on. */
    public CompletionStage<TimeIndex.Part> orders(int partition, Taken taken, long from, int enough) {
        return TimeIndex.oldest(
                redis, LedgerKeys.orderIndex(partition), Math.max(from, taken.from()), taken.until(), enough);
    }

    /** Says that all of them that had to be approved are. */
    public CompletionStage<Void> approved(int partition, Taken taken) {
        return redis.async()
                .hdel(LedgerKeys.holdsTaken(partition), taken.name())
                .thenAccept(done -> {});
    }
}
