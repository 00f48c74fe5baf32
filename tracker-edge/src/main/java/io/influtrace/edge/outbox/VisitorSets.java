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
     * Clicks, of whatever class, that visitors let go by at most: less than a tenth of a second at the rates that fill
     * batches. With the batch that takes them they are some 2,500 visitors, of the 8,000 that a Lua call takes of one creator.
     */
    static final int ENOUGH = 2_048;

    static final long DAY_MS = 86_400_000;

    private final long begunAt;
    private final Map<Integer, List<byte[]>> byCreator = new HashMap<>();
    private int clicks;

    VisitorSets(long at) {
        this.begunAt = at;
    }

    boolean takes(long at) {
        return begunAt / DAY_MS == at / DAY_MS;
    }

    void add(Click click, long visitor) {
        byCreator
                .computeIfAbsent(click.creator(), fresh -> new ArrayList<>(2))
                .add(ByteBuffer.allocate(8).putLong(visitor).array());
    }

    /** Notes that a batch of so many clicks is about to leave. */
    void meet(int leaving) {
        clicks += leaving;
    }

    /** True when they have waited for enough clicks; bots count too, or a flood of them would keep a few visitors for hours. */
    boolean isEnough() {
        return clicks >= ENOUGH;
    }

    long begunAt() {
        return begunAt;
    }

    int creators() {
        return byCreator.size();
    }

    /** Adds a key for each creator, and for each how many visitors there are, and who. */
    void writeTo(int partition, List<byte[]> keys, List<byte[]> arguments) {
        byCreator.forEach((creator, ids) -> {
            keys.add(Keys.visitors(partition, begunAt, creator).getBytes(StandardCharsets.UTF_8));
            arguments.add(Integer.toString(ids.size()).getBytes(StandardCharsets.ISO_8859_1));
            arguments.addAll(ids);
        });
    }
}
