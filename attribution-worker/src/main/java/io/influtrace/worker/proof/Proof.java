package io.influtrace.worker.proof;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.ledger.Inspection;
import io.influtrace.worker.ledger.LedgerEntry;
import io.influtrace.worker.ledger.Touches;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes everything that is stored again: each decision from its inputs, each booking from its decision, each order's
 * books from the ledger, each balance and counter from the ledger, each click's status from the decisions. Beside living
 * workers, in memory that does not grow with orders. Blocks; for a thread of its own.
 */
public final class Proof {

    private static final int PAGE = 1_000;
    private static final Pattern KEY = Pattern.compile("\\{p([0-9]{2,3})}([osd]):(.*)", Pattern.DOTALL);

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final TouchCheck touches;

    private Proof(RedisConnection<String> redis, Partitions partitions, TouchCheck touches) {
        this.redis = redis;
        this.partitions = partitions;
        this.touches = touches;
    }

    /**
     * Proof of the books in a Redis.
     *
     * @param retention how long clicks are kept; what older ones should say is not asked
     */
    public static Proof of(RedisConnection<String> redis, Partitions partitions, Clock clock, Duration retention) {
        long oldest = clock.millis() - retention.toMillis();
        return new Proof(redis, partitions, new TouchCheck(new Touches(redis), oldest));
    }

    /** Compares everything and writes nothing. */
    public Statement verify() {
        return run(false);
    }

    /**
     * Compares everything, and mends what follows from the records and the ledger: the ledger where it lacks what a sound
     * record says, balances, counters, indexes. What it cannot mend, it leaves as it is and tells. May be stopped at any
     * point and run again.
     */
    public Statement rebuild() {
        return run(true);
    }

    private Statement run(boolean mending) {
        Findings findings = new Findings();
        List<Prints> prints = new ArrayList<>();
        List<Inspection> walks = new ArrayList<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            Prints of = new Prints(partition);
            Inspection walk = new Inspection(redis, partition, readable(partition, findings, of));
            walk.catchUp();
            of.freeze();
            prints.add(of);
            walks.add(walk);
        }
        OrderRound round = new OrderRound(redis, partitions, walks, prints, touches, findings, mending);
        Map<Integer, Set<String>> days = new TreeMap<>();
        scan("{p*", page -> {
            page.of("o").forEach(round::orders);
            page.of("d")
                    .forEach((partition, names) -> days.computeIfAbsent(partition, first -> new TreeSet<>())
                            .addAll(names));
            round.statuses(page.keys("s"));
        });
        long entries = 0;
        for (int partition = 0; partition < partitions.count(); partition++) {
            CounterRound counters =
                    new CounterRound(redis, partition, walks.get(partition), prints.get(partition), findings, mending);
            int here = partition;
            counters.orders(each -> scan(
                    "{" + Keys.tag(here).substring(1) + "o:*",
                    page -> page.of("o").values().forEach(each)));
            counters.counters(days.getOrDefault(partition, Set.of()));
            new PlaceRound(redis, partition, walks.get(partition), findings, mending).places();
            entries += prints.get(partition).entries();
        }
        return findings.statement(entries);
    }

    private static Consumer<LedgerEntry> readable(int partition, Findings findings, Prints prints) {
        return entry -> {
            if (entry.kind().equals(LedgerEntry.UNREADABLE)) {
                String where = "p" + partition + " entry " + entry.id() + " order " + entry.subject();
                findings.left(new Difference("ledger", where, LedgerEntry.UNREADABLE, "an entry"));
            }
            prints.add(entry);
        };
    }

    /** Keys by kind and partition. */
    private record KeyPage(Map<String, Map<Integer, List<String>>> names, Map<String, List<String>> all) {
        Map<Integer, List<String>> of(String kind) {
            return names.getOrDefault(kind, Map.of());
        }

        List<String> keys(String kind) {
            return all.getOrDefault(kind, List.of());
        }
    }

    /** Every key is told at least once, one that Redis moves meanwhile perhaps twice. */
    private void scan(String pattern, Consumer<KeyPage> told) {
        ScanArgs arguments = ScanArgs.Builder.matches(pattern).limit(PAGE);
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            KeyScanCursor<String> found = Answers.of(redis.async().scan(cursor, arguments));
            KeyPage page = new KeyPage(new TreeMap<>(), new TreeMap<>());
            for (String key : found.getKeys()) {
                Matcher parts = KEY.matcher(key);
                if (parts.matches() && Integer.parseInt(parts.group(1)) < partitions.count()) {
                    page.names
                            .computeIfAbsent(parts.group(2), kind -> new TreeMap<>())
                            .computeIfAbsent(Integer.parseInt(parts.group(1)), partition -> new ArrayList<>())
                            .add(parts.group(3));
                    page.all
                            .computeIfAbsent(parts.group(2), kind -> new ArrayList<>())
                            .add(key);
                }
            }
            told.accept(page);
            cursor = found;
        }
    }
}
