package io.influtrace.edge.outbox;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.redis.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Visitors of one UTC day by creator, on their way into her estimate of that day: telling Redis the same twice is free. */
final class VisitorSets {

    /**
     * Visitors that go at once: a millisecond of Redis, a tenth of a second of a saturated loop, and far below the 8,000
     * that a Lua call takes of one creator.
     */
    static final int ENOUGH = 2_048;

    static final long DAY_MS = 86_400_000;

    private final long day;
    private final Map<Integer, List<byte[]>> byCreator = new HashMap<>();
    private long lastAt;
    private int visitors;

    VisitorSets(long at) {
        this.day = at / DAY_MS;
    }

    boolean takes(long at) {
        return day == at / DAY_MS;
    }

    void add(Click click, long visitor) {
        visitors++;
        lastAt = Math.max(lastAt, click.at());
        byCreator
                .computeIfAbsent(click.creator(), fresh -> new ArrayList<>(2))
                .add(ByteBuffer.allocate(8).putLong(visitor).array());
    }

    boolean isEnough() {
        return visitors >= ENOUGH;
    }

    long lastAt() {
        return lastAt;
    }

    int creators() {
        return byCreator.size();
    }

    /** Adds a key for each creator, and for each how many visitors there are, and who. */
    void writeTo(int partition, List<byte[]> keys, List<byte[]> arguments) {
        byCreator.forEach((creator, ids) -> {
            keys.add(Keys.visitors(partition, day * DAY_MS, creator).getBytes(StandardCharsets.UTF_8));
            arguments.add(Integer.toString(ids.size()).getBytes(StandardCharsets.ISO_8859_1));
            arguments.addAll(ids);
        });
    }
}
