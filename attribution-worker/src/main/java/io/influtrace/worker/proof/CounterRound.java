package io.influtrace.worker.proof;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.ledger.Books;
import io.influtrace.worker.ledger.Inspection;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.ledger.StoredOrder;
import io.influtrace.worker.redis.RedisConnection;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Compares, in one partition, the orders and every hash that counts with what the ledger adds up to. */
final class CounterRound {

    /** How often a sum is made anew because the ledger went on in the millisecond between; then it is left. */
    private static final int TRIES = 1_000;

    /** Fields that one script sets: it holds Redis up for a millisecond. */
    private static final int FIELDS = 500;

    private final RedisConnection<String> redis;
    private final int partition;
    private final Inspection walk;
    private final Prints prints;
    private final Findings findings;
    private final boolean mending;
    private final Set<String> unexplained = new HashSet<>();

    CounterRound(
            RedisConnection<String> redis,
            int partition,
            Inspection walk,
            Prints prints,
            Findings findings,
            boolean mending) {
        this.redis = redis;
        this.partition = partition;
        this.walk = walk;
        this.prints = prints;
        this.findings = findings;
        this.mending = mending;
    }

    /**
     * Compares the orders' slices.
     *
     * @param records tells every order of the partition that has a record
     */
    void orders(Consumer<Consumer<List<String>>> records) {
        BitSet open = new BitSet(Prints.SLICES);
        for (int slice = 0; slice < Prints.SLICES; slice++) {
            open.set(slice, prints.open(slice));
        }
        while (!open.isEmpty()) {
            Recount recount = new Recount(partition, new TreeSet<>(), open);
            Inspection again = new Inspection(redis, partition, recount::add);
            again.catchUp();
            Set<String> orders = new TreeSet<>(recount.orders().keySet());
            records.accept(page -> page.stream()
                    .filter(order -> recount.slices().get(Prints.sliceOf(order)))
                    .forEach(orders::add));
            orders.forEach(order -> order(again, recount, order));
            open.andNot(recount.slices());
        }
    }

    private void order(Inspection again, Recount recount, String identity) {
        for (int i = 0; i < TRIES; i++) {
            StoredOrder order = again.orders(List.of(identity)).get(0);
            Map<String, Long> booked = recount.orders().getOrDefault(identity, Map.of());
            Map<String, Long> books = order.record().map(Books::of).orElse(Map.of());
            List<Difference> found = differences("ledger", "order " + identity + " ", booked, books);
            boolean sound =
                    mending && order.still() && OrderCheck.content(order).isEmpty();
            if (found.isEmpty()) {
                return;
            }
            if (!sound || again.replace(order, booked)) {
                found.forEach(sound ? findings::mended : findings::left);
                return;
            }
        }
    }

    /**
     * Compares every hash that counts.
     *
     * @param days the days whose counters there are, {@code yyyymmdd}
     */
    void counters(Set<String> days) {
        TreeSet<String> keys = new TreeSet<>(prints.counters().keySet());
        days.forEach(day -> keys.add(Keys.tag(partition) + "d:" + day));
        keys.remove(LedgerKeys.balances(partition));
        keys.remove(LedgerKeys.payouts(partition));
        // Payouts first: where one is missing, what it paid must not become due again.
        suspect(List.of(LedgerKeys.payouts(partition)));
        suspect(List.of(LedgerKeys.balances(partition)));
        suspect(keys);
        stored(walk, LedgerKeys.balances(partition)).forEach(findings::balance);
    }

    private void suspect(Iterable<String> keys) {
        TreeSet<String> suspects = new TreeSet<>();
        for (String key : keys) {
            Map<String, Long> stored = stored(walk, key);
            if (Prints.of(stored) != prints.counters().getOrDefault(key, 0L)) {
                suspects.add(key);
            }
        }
        while (!suspects.isEmpty()) {
            Recount recount = new Recount(partition, suspects, new BitSet());
            Inspection again = new Inspection(redis, partition, recount::add);
            again.catchUp();
            recount.keys().forEach(key -> hash(again, recount, key));
            suspects.removeAll(recount.keys());
        }
    }

    private void hash(Inspection again, Recount recount, String key) {
        for (int i = 0; i < TRIES; i++) {
            Map<String, Long> stored = stored(again, key);
            Map<String, Long> right = recount.fields(key);
            Map<String, Long> wrong = new TreeMap<>();
            for (String field : union(stored, right)) {
                long value = right.getOrDefault(field, 0L);
                if (stored.getOrDefault(field, 0L) != value) {
                    wrong.put(field, value);
                }
            }
            List<Difference> found = differences(kind(key), name(key), stored, right);
            Set<String> kept = kept(key, wrong.keySet(), right);
            found.stream()
                    .filter(difference -> !mending
                            || kept.contains(
                                    difference.where().substring(name(key).length())))
                    .forEach(findings::left);
            wrong.keySet().removeAll(kept);
            if (!mending || wrong.isEmpty()) {
                return;
            }
            Map<String, Long> part = new TreeMap<>();
            wrong.forEach((field, value) -> {
                if (part.size() < FIELDS) {
                    part.put(field, value);
                }
            });
            if (again.recount(key, part)) {
                found.stream()
                        .filter(difference -> part.containsKey(
                                difference.where().substring(name(key).length())))
                        .forEach(findings::mended);
            }
        }
    }

    /** What must not be mended: a payout that the ledger lacks, and the balances that it came out of. */
    private Set<String> kept(String key, Set<String> fields, Map<String, Long> right) {
        Set<String> kept = new HashSet<>();
        for (String field : fields) {
            if (key.equals(LedgerKeys.payouts(partition)) && !right.containsKey(field)) {
                unexplained.add(field.substring(field.indexOf('\t') + 1));
                kept.add(field);
            }
            boolean balance = key.equals(LedgerKeys.balances(partition));
            if (balance && unexplained.contains(field.substring(0, field.lastIndexOf('\t')))) {
                kept.add(field);
            }
        }
        return kept;
    }

    private List<Difference> differences(String what, String where, Map<String, Long> stored, Map<String, Long> right) {
        return union(stored, right).stream()
                .filter(field -> !stored.getOrDefault(field, 0L).equals(right.getOrDefault(field, 0L)))
                .map(field -> Difference.of(
                        what, where + field, stored.getOrDefault(field, 0L), right.getOrDefault(field, 0L)))
                .toList();
    }

    private static Set<String> union(Map<String, Long> one, Map<String, Long> other) {
        Set<String> fields = new TreeSet<>(one.keySet());
        fields.addAll(other.keySet());
        return fields;
    }

    private Map<String, Long> stored(Inspection inspection, String key) {
        Map<String, Long> stored = new TreeMap<>();
        inspection.counters(key).forEach((field, value) -> {
            if (value.matches("-?[0-9]{1,18}")) {
                stored.put(field, Long.parseLong(value));
            } else {
                findings.left(new Difference(kind(key), name(key) + field, value, "a number"));
            }
        });
        return stored;
    }

    private String kind(String key) {
        return key.equals(LedgerKeys.balances(partition))
                ? "balance"
                : key.equals(LedgerKeys.payouts(partition)) ? "payout" : "counter";
    }

    private String name(String key) {
        String tag = "p" + partition + " ";
        return kind(key).equals("counter") ? tag + key.substring(key.indexOf("d:") + 2) + " " : tag;
    }
}
