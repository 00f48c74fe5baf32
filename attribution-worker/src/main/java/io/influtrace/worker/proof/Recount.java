package io.influtrace.worker.proof;

import io.influtrace.worker.ledger.LedgerEntry;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds up field by field what the ledger says of a few hashes that count and a few slices of orders. Where that would
 * take too much memory it lets the last of them go, for another walk through the ledger.
 */
final class Recount {

    /** Sums held at once: some hundred megabytes. */
    private static final int MAX_SUMS = 1_000_000;

    private final int partition;
    private final NavigableSet<String> keys;
    private final BitSet slices;
    private final Map<String, Map<String, Long>> fields = new HashMap<>();
    private final Map<String, Map<String, Long>> orders = new TreeMap<>();
    private long sums;

    Recount(int partition, NavigableSet<String> keys, BitSet slices) {
        this.partition = partition;
        this.keys = new TreeSet<>(keys);
        this.slices = (BitSet) slices.clone();
    }

    void add(LedgerEntry entry) {
        entry.post(partition, (key, field, amount) -> {
            if (keys.contains(key)) {
                merge(fields.computeIfAbsent(key, first -> new TreeMap<>()), field, amount);
            }
        });
        if (!entry.payout() && slices.get(Prints.sliceOf(entry.subject()))) {
            Map<String, Long> lines = orders.computeIfAbsent(entry.subject(), first -> new TreeMap<>());
            entry.lines().forEach((line, amount) -> merge(lines, line, amount));
        }
        while (sums > MAX_SUMS && keys.size() + slices.cardinality() > 1) {
            letGo();
        }
    }

    private void merge(Map<String, Long> sumsOf, String name, long amount) {
        sums += sumsOf.put(name, sumsOf.getOrDefault(name, 0L) + amount) == null ? 1 : 0;
    }

    private void letGo() {
        if (slices.cardinality() > 1 || keys.isEmpty()) {
            int last = slices.length() - 1;
            slices.clear(last);
            orders.entrySet().removeIf(order -> {
                boolean gone = Prints.sliceOf(order.getKey()) == last;
                sums -= gone ? order.getValue().size() : 0;
                return gone;
            });
        } else {
            Map<String, Long> gone = fields.remove(keys.pollLast());
            sums -= gone == null ? 0 : gone.size();
        }
    }

    /** The hashes that this walk adds up; the others need another. */
    NavigableSet<String> keys() {
        return keys;
    }

    /** The slices that this walk adds up. */
    BitSet slices() {
        return slices;
    }

    /** What a hash must hold. */
    Map<String, Long> fields(String key) {
        return fields.getOrDefault(key, Map.of());
    }

    /** What is booked of each order of the slices. */
    Map<String, Map<String, Long>> orders() {
        return orders;
    }
}
