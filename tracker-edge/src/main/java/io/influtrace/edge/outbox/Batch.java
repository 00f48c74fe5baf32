package io.influtrace.edge.outbox;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.redis.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clicks of one flush, all of one partition and one UTC day: rows by bucket, counters, and visitors that gathered. */
final class Batch {

    /** Names in the table of unknown handles of one partition: a scanner of names must not fill Redis. */
    static final int MAX_UNKNOWN_HANDLES = 1_000;

    private final int partition;
    private final long day;
    private final long number;
    private final byte[] anchor;
    private final Map<Bucket, List<byte[]>> rows = new LinkedHashMap<>();
    private final Map<Counted, int[]> counts = new HashMap<>();
    private final List<VisitorSets> visitors = new ArrayList<>(1);
    private final Map<String, int[]> unknown = new HashMap<>();
    private long lastAt;
    private int clicks;

    private record Counted(int link, int creator, ClickClass clickClass) {}

    Batch(int partition, long at, long number, byte[] anchor) {
        this.partition = partition;
        this.day = at / VisitorSets.DAY_MS;
        this.lastAt = at;
        this.number = number;
        this.anchor = anchor;
    }

    int clicks() {
        return clicks;
    }

    /** True where clicks of that partition and instant belong. */
    boolean takes(int otherPartition, long at) {
        return partition == otherPartition && day == at / VisitorSets.DAY_MS;
    }

    void addRow(Bucket bucket, Click click, long visitor) {
        List<byte[]> fields = rows.computeIfAbsent(bucket, fresh -> new ArrayList<>());
        if (fields.isEmpty()) {
            fields.add(decimal(click.at()));
            fields.add(bucket.name);
        }
        bucket.latest = Math.max(bucket.latest, click.at());
        lastAt = Math.max(lastAt, bucket.latest);
        fields.add(decimal(click.id().slot()));
        fields.add(new ClickRow(click, visitor).encode());
        count(click);
    }

    void count(Click click) {
        clicks++;
        lastAt = Math.max(lastAt, click.at());
        counts.computeIfAbsent(new Counted(click.link(), click.creator(), click.clickClass()), fresh -> new int[1])[
                0]++;
    }

    /** Takes visitors along, of whatever day. */
    void take(VisitorSets sets) {
        visitors.add(sets);
    }

    void unknownHandle(String handle) {
        if (unknown.containsKey(handle) || unknown.size() < MAX_UNKNOWN_HANDLES) {
            unknown.computeIfAbsent(handle, fresh -> new int[1])[0]++;
        }
    }

    /** The call; the anchor carries the guard where no bucket does. */
    FlushCall call() {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        keys.add(rows.isEmpty() ? anchor : rows.keySet().iterator().next().key);
        arguments.add(decimal(number));
        arguments.add(decimal(lastAt));
        arguments.add(decimal(rows.size()));
        rows.forEach((bucket, fields) -> {
            keys.add(bucket.key);
            keys.add(bucket.dueKey);
            arguments.add(decimal(fields.size() - 2L));
            arguments.addAll(fields);
        });
        arguments.add(decimal(counts.isEmpty() ? 0 : 1));
        if (!counts.isEmpty()) {
            keys.add(utf8(Keys.clickCounts(partition, day * VisitorSets.DAY_MS)));
            arguments.add(decimal(counts.size()));
            counts.forEach((counted, by) -> {
                arguments.add(utf8(counted.link + "." + counted.creator + "." + counted.clickClass.code()));
                arguments.add(decimal(by[0]));
            });
        }
        arguments.add(decimal(visitors.stream().mapToInt(VisitorSets::creators).sum()));
        visitors.forEach(sets -> sets.writeTo(partition, keys, arguments));
        arguments.add(decimal(unknown.size()));
        if (!unknown.isEmpty()) {
            keys.add(utf8(Keys.unknownHandles(partition)));
            arguments.add(decimal(MAX_UNKNOWN_HANDLES));
            unknown.forEach((handle, by) -> {
                arguments.add(utf8(handle));
                arguments.add(decimal(by[0]));
            });
        }
        return new FlushCall(keys, arguments, clicks);
    }

    private static byte[] decimal(long number) {
        return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
