package io.influtrace.worker.proof;

import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.State;
import io.influtrace.worker.ledger.TimeIndex;
import io.influtrace.worker.proof.Replay.Earning;
import io.influtrace.worker.proof.Replay.Settled;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Dry runs under another policy, from what is stored. Writes nothing. Blocks; for a thread that may. */
public final class Replays {

    /** Orders of one run: some seconds and some hundred megabytes at most. */
    public static final int MAX_ORDERS = 10_000;

    private static final int CHUNK = 200;

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final Ledger ledger;

    public Replays(RedisConnection<String> redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
        this.ledger = new Ledger(redis, partitions);
    }

    /** One creator's commission in one currency, decimal amounts. */
    public record Row(String creator, String currency, String before, String after, String difference) {}

    /** An order whose commission changes, by creator and currency. */
    public record Changed(OrderIdentity order, List<Row> rows) {}

    /**
     * What a run came to.
     *
     * @param orders decided again
     * @param changed how many of them earn anybody something else
     * @param examples the first of these to arrive, at most 20
     */
    public record Result(long orders, long changed, List<Row> rows, List<Changed> examples) {
        public Result {
            rows = List.copyOf(rows);
            examples = List.copyOf(examples);
        }
    }

    /**
     * Decides again what happened within a span, {@code from} inclusive and {@code until} exclusive, milliseconds.
     *
     * @return empty where these are more than {@link #MAX_ORDERS} orders
     */
    public Optional<Result> run(Overlay overlay, long from, long until) {
        List<Settled> orders = new ArrayList<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            List<String> identities = Answers.of(TimeIndex.oldest(
                            redis, LedgerKeys.orderIndex(partition), from, until - 1, MAX_ORDERS - orders.size() + 1))
                    .names();
            for (int at = 0; at < identities.size(); at += CHUNK) {
                read(partition, identities.subList(at, Math.min(at + CHUNK, identities.size())), orders);
            }
            if (orders.size() > MAX_ORDERS) {
                return Optional.empty();
            }
        }
        orders.sort(Comparator.comparing(order -> arrival(order.record().entry())));
        return Optional.of(result(Replay.of(orders, overlay)));
    }

    private void read(int partition, List<String> identities, List<Settled> orders) {
        List<OrderRecord> records = Answers.of(ledger.readAll(partition, identities));
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).state() == State.DONE) {
                orders.add(new Settled(OrderIdentity.parse(identities.get(i)), records.get(i)));
            }
        }
    }

    /** A stream's id, {@code ms-n}, so that texts sort as the entries came. */
    private static String arrival(String entry) {
        String[] parts = entry.split("-", 2);
        return String.format("%20s-%20s", parts[0], parts.length == 2 ? parts[1] : "");
    }

    private static Result result(Replay.Outcome outcome) {
        List<Row> rows = new ArrayList<>();
        outcome.sums().forEach((earning, sum) -> rows.add(row(earning, sum[0], sum[1])));
        List<Changed> examples = outcome.examples().stream()
                .map(example -> new Changed(example.order(), rows(example.before(), example.after())))
                .toList();
        return new Result(outcome.orders(), outcome.changed(), rows, examples);
    }

    private static List<Row> rows(Map<Earning, Long> before, Map<Earning, Long> after) {
        TreeSet<Earning> earnings = new TreeSet<>(before.keySet());
        earnings.addAll(after.keySet());
        return earnings.stream()
                .map(earning -> row(earning, before.getOrDefault(earning, 0L), after.getOrDefault(earning, 0L)))
                .toList();
    }

    private static Row row(Earning earning, long before, long after) {
        Currency currency = Currency.getInstance(earning.currency());
        return new Row(
                earning.creator(),
                earning.currency(),
                Money.decimal(before, currency),
                Money.decimal(after, currency),
                Money.decimal(after - before, currency));
    }
}
