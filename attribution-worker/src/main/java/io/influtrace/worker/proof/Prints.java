package io.influtrace.worker.proof;

import io.influtrace.worker.ledger.LedgerEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fingerprints of all that one partition's ledger adds up to, in memory that does not grow with orders: a sum for each
 * hash that counts, and one for each slice of the orders.
 *
 * <p>A fingerprint is the sum, modulo 2^64, of amount times a number that the field's name gives. It is linear, so the
 * fingerprint of a sum is the sum of the fingerprints, in whatever order they come. Equal ones are taken for equal sums;
 * of unequal ones the fields are added up one by one afterwards, by {@link Recount}.
 */
final class Prints {

    /** Slices of a partition's orders: ten million orders in sixteen partitions make 153 a slice. */
    static final int SLICES = 4_096;

    /** Orders that may settle while all others are looked at; beyond it the memory would grow. */
    static final int MAX_LATE = 1_000_000;

    private final int partition;
    private final Map<String, Long> counters = new TreeMap<>();
    private final long[] slices = new long[SLICES];
    private final Map<Long, Long> late = new HashMap<>();
    private boolean frozen;
    private long entries;

    Prints(int partition) {
        this.partition = partition;
    }

    /** Adds an entry; into the orders' slices only until they are frozen. */
    void add(LedgerEntry entry) {
        entries++;
        entry.post(partition, (key, field, amount) -> counters.merge(key, amount * name(field), Long::sum));
        if (entry.payout()) {
            return;
        }
        long order = name(entry.subject());
        long print = of(entry.subject(), entry.lines());
        if (!frozen) {
            slices[slice(order)] += print;
        } else if (late.merge(order, print, Long::sum) != 0 && late.size() > MAX_LATE) {
            throw new IllegalStateException(
                    "more than " + MAX_LATE + " orders settled meanwhile; run it at a quieter hour");
        }
    }

    /** From here on the slices stand, and what is booked of each order is remembered apart. */
    void freeze() {
        frozen = true;
    }

    /** Takes away what an order's record says, as it was when the slices were frozen. */
    void take(String order, Map<String, Long> books) {
        long name = name(order);
        slices[slice(name)] -= of(order, books) - late.getOrDefault(name, 0L);
    }

    /** True where the orders of a slice do not come to nothing, although each was taken. */
    boolean open(int slice) {
        return slices[slice] != 0;
    }

    Map<String, Long> counters() {
        return counters;
    }

    long entries() {
        return entries;
    }

    static int sliceOf(String order) {
        return slice(name(order));
    }

    /** The fingerprint of a hash. */
    static long of(Map<String, Long> fields) {
        return fields.entrySet().stream()
                .mapToLong(field -> field.getValue() * name(field.getKey()))
                .sum();
    }

    private static long of(String order, Map<String, Long> lines) {
        return lines.entrySet().stream()
                .mapToLong(line -> line.getValue() * name(order + "\n" + line.getKey()))
                .sum();
    }

    private static int slice(long name) {
        return (int) (name >>> 40) % SLICES;
    }

    /** 64 bits of a text: FNV-1a, then the finalizer of SplitMix64, made odd so that no amount vanishes. */
    private static long name(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return (hash ^ (hash >>> 31)) | 1;
    }
}
