package io.influtrace.worker.report;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.RedisConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts distinct visitors of creators over days. One visitor lies in many partitions, so all are counted as one union. */
public final class Visitors {

    /** Names counted for one report; each costs Redis some milliseconds. Others have no figure rather than a wrong one. */
    private static final int MOST_NAMES = 400;

    /** Days and creators counted as one: a name beyond it has no figure. */
    private static final int MOST_CELLS = 500;

    private final RedisConnection<String> redis;
    private final Partitions partitions;

    /** Counts over a connection that nobody blocks. */
    public Visitors(RedisConnection<String> redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** A day's visitors of a creator, by number. */
    record Cell(LocalDate day, int creator) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int days = day.compareTo(other.day);
            return days == 0 ? Integer.compare(creator, other.creator) : days;
        }
    }

    /** Visitors by name, each once over all of its cells. A cluster cannot unite its partitions: there no figure is given. */
    CompletionStage<Map<String, Long>> count(Map<String, Set<Cell>> cells) {
        CompletionStage<Map<String, Long>> counts = CompletableFuture.completedFuture(new HashMap<>());
        for (String name : cells.keySet().stream().limit(MOST_NAMES).toList()) {
            Set<Cell> of = cells.getOrDefault(name, Set.of());
            if (of.size() <= MOST_CELLS) {
                String[] keys = keys(of);
                counts = counts.thenCompose(sofar -> redis.async()
                        .pfcount(keys)
                        .thenApply(Optional::of)
                        .exceptionally(apart -> Optional.empty())
                        .thenApply(count -> {
                            count.ifPresent(visitors -> sofar.put(name, visitors));
                            return sofar;
                        }));
            }
        }
        return counts;
    }

    private String[] keys(Set<Cell> cells) {
        List<String> keys = new ArrayList<>();
        for (Cell cell : cells) {
            long millis = cell.day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            for (int partition = 0; partition < partitions.count(); partition++) {
                keys.add(Keys.visitors(partition, millis, cell.creator));
            }
        }
        return keys.toArray(String[]::new);
    }
}
