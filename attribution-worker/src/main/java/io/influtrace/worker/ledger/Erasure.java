package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Takes what identifies a person out of Redis and leaves every amount where it is. It looks at everything there is, page
 * by page, since no index leads from a person to their orders; doing it again changes nothing. Thread-safe.
 */
public final class Erasure {

    private static final Script VISITOR = Script.of(Erasure.class, "forget-visitor.lua");
    private static final Script CUSTOMER = Script.of(Erasure.class, "forget-customer.lua");

    /** What is asked of Redis at a time, so that others are served in between. */
    private static final int PAGE = 500;

    /** The field of a report that carries the customer's hash. */
    private static final String FIELD = "cus";

    /** How often a record that changes meanwhile is taken up anew; then it counts as waiting. */
    private static final int MAX_TURNS = 20;

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final Ledger ledger;

    public Erasure(RedisConnection<String> redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
        this.ledger = new Ledger(redis, partitions);
    }

    /**
     * Where a customer was taken out.
     *
     * @param orders records of orders that nobody earned, which kept the hash for a later report
     * @param codes codes that each customer may use once; the person may use them anew
     * @param deadLetters reports that could not be settled
     * @param waiting reports and orders that are being settled and still name the customer: erase again in a moment
     */
    public record Erased(long orders, long codes, long deadLetters, long waiting) {
        private static final Erased NOTHING = new Erased(0, 0, 0, 0);

        private Erased and(Erased other) {
            return new Erased(
                    orders + other.orders,
                    codes + other.codes,
                    deadLetters + other.deadLetters,
                    waiting + other.waiting);
        }
    }

    /**
     * Takes a visitor out of the rows of all clicks.
     *
     * @param visitor the id in the rows, never 0
     * @param windows every window length in use, days
     * @return how many clicks named it
     */
    public CompletionStage<Long> visitor(long visitor, List<Integer> windows) {
        String hex = HexFormat.of().toHexDigits(visitor);
        return each(
                partitions(),
                0L,
                Long::sum,
                partition -> each(windows, 0L, Long::sum, window -> {
                    // Due before kept: a bucket that is swept meanwhile moves from the one to the other.
                    List<String> indexes = List.of(Keys.due(partition, window), Keys.kept(partition, window));
                    return each(
                            indexes,
                            0L,
                            Long::sum,
                            index -> redis.async()
                                    .zrange(index, 0, -1)
                                    .thenCompose(buckets -> each(
                                            buckets,
                                            0L,
                                            Long::sum,
                                            bucket -> visitor(Keys.tag(partition) + "c:" + bucket, hex))));
                }));
    }

    private CompletionStage<Long> visitor(String bucket, String hex) {
        return VISITOR.run(redis, ScriptOutputType.INTEGER, List.of(bucket), new String[] {hex});
    }

    /**
     * Takes a customer out of orders, codes and reports.
     *
     * @param hash the keyed hash of the email
     * @param coupons ids of all coupons that are or were to be used once a customer
     */
    public CompletionStage<Erased> customer(String hash, Collection<String> coupons) {
        return each(List.copyOf(coupons), Erased.NOTHING, Erased::and, coupon -> used(coupon, hash))
                .thenCompose(codes -> each(
                        partitions(),
                        codes,
                        Erased::and,
                        partition -> reports(partition, hash, "0-0", "0-0")
                                .thenCompose(reports -> orders(partition, hash, TimeIndex.BEGINNING)
                                        .thenApply(reports::and))));
    }

    private CompletionStage<Erased> used(String coupon, String hash) {
        int partition = partitions.ofName("coupon:" + coupon);
        return redis.async()
                .hdel(LedgerKeys.once(partition, coupon), hash)
                .thenApply(gone -> new Erased(0, gone, 0, 0));
    }

    private CompletionStage<Erased> reports(int partition, String hash, String after, String afterDead) {
        String[] arguments = {hash, Keys.GROUP, FIELD, after, afterDead, Integer.toString(PAGE)};
        CompletionStage<List<String>> reply = CUSTOMER.run(
                redis,
                ScriptOutputType.MULTI,
                List.of(Keys.reports(partition), Keys.deadLetters(partition)),
                arguments);
        return reply.thenCompose(found -> {
            Erased erased = new Erased(0, 0, Long.parseLong(found.get(1)), Long.parseLong(found.get(0)));
            String next = found.get(2).isEmpty() ? after : found.get(2);
            String nextDead = found.get(3).isEmpty() ? afterDead : found.get(3);
            boolean over = next.equals(after) && nextDead.equals(afterDead);
            return over
                    ? CompletableFuture.completedStage(erased)
                    : reports(partition, hash, next, nextDead).thenApply(erased::and);
        });
    }

    /** No order that keeps a hash ever leaves the index, so one that comes meanwhile is at worst looked at twice. */
    private CompletionStage<Erased> orders(int partition, String hash, long from) {
        return TimeIndex.oldest(redis, LedgerKeys.orderIndex(partition), from, Long.MAX_VALUE, PAGE)
                .thenCompose(part -> naming(partition, part.names(), hash)
                        .thenCompose(naming -> each(
                                naming,
                                Erased.NOTHING,
                                Erased::and,
                                identity -> order(OrderIdentity.parse(identity), hash, MAX_TURNS)))
                        .thenCompose(erased -> part.next().isEmpty()
                                ? CompletableFuture.completedStage(erased)
                                : orders(partition, hash, part.next().getAsLong())
                                        .thenApply(erased::and)));
    }

    private CompletionStage<List<String>> naming(int partition, List<String> identities, String hash) {
        if (identities.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        String[] keys = identities.stream()
                .map(identity -> Keys.order(partition, identity))
                .toArray(String[]::new);
        return redis.async()
                .mget(keys)
                .thenApply(records -> IntStream.range(0, keys.length)
                        .filter(i -> text(records.get(i)).contains(hash))
                        .mapToObj(identities::get)
                        .toList());
    }

    private static String text(KeyValue<String, String> found) {
        return found.getValueOrElse("");
    }

    private CompletionStage<Erased> order(OrderIdentity order, String hash, int turns) {
        return ledger.read(order).thenCompose(record -> {
            if (!record.history().customer().equals(Optional.of(hash))) {
                return CompletableFuture.completedStage(Erased.NOTHING);
            }
            if (turns == 0 || record.state() != OrderRecord.State.DONE) {
                return CompletableFuture.completedStage(new Erased(0, 0, 0, 1));
            }
            OrderRecord nameless = record.with(record.history().nameless());
            return ledger.put(Change.of(order, record, nameless, "erase"))
                    .thenCompose(put -> put instanceof Ledger.Stands
                            ? CompletableFuture.completedStage(new Erased(1, 0, 0, 0))
                            : order(order, hash, turns - 1));
        });
    }

    private List<Integer> partitions() {
        return IntStream.range(0, partitions.count()).boxed().toList();
    }

    /** One after another, so that an erasure never fills the connection that others read by. */
    private static <T, R> CompletionStage<R> each(
            List<T> things, R start, BinaryOperator<R> sum, Function<T, CompletionStage<R>> step) {
        CompletionStage<R> total = CompletableFuture.completedStage(start);
        for (T thing : things) {
            total = total.thenCompose(sofar -> step.apply(thing).thenApply(more -> sum.apply(sofar, more)));
        }
        return total;
    }
}
