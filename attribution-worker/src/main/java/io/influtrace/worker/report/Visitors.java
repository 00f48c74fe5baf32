package io.influtrace.worker.report;

import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Timeline;
import io.influtrace.worker.redis.RedisConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts distinct visitors of creators over days. One visitor lies in many partitions, so all are counted as one union. */
public final class Visitors {

    /** Creators counted for one report; each costs Redis some milliseconds. Others have no figure rather than a wrong one. */
    private static final int MOST_CREATORS = 200;

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final Catalog catalog;

    /** Counts over a connection that nobody blocks. */
    public Visitors(RedisConnection<String> redis, Partitions partitions, Catalog catalog) {
        this.redis = redis;
        this.partitions = partitions;
        this.catalog = catalog;
    }

    /** Visitors by handle, of days both included. A cluster cannot unite its partitions: there no figure is given. */
    CompletionStage<Map<String, Long>> count(List<String> handles, LocalDate from, LocalDate to) {
        CompletionStage<Map<String, Long>> counts = CompletableFuture.completedFuture(new HashMap<>());
        for (String handle : handles.stream().distinct().limit(MOST_CREATORS).toList()) {
            Optional<Integer> number =
                    catalog.creator(handle).map(Timeline::now).map(Creator::number);
            if (number.isPresent()) {
                String[] keys = keys(number.get(), from, to);
                counts = counts.thenCompose(sofar -> redis.async()
                        .pfcount(keys)
                        .thenApply(Optional::of)
                        .exceptionally(apart -> Optional.empty())
                        .thenApply(count -> {
                            count.ifPresent(visitors -> sofar.put(handle, visitors));
                            return sofar;
                        }));
            }
        }
        return counts;
    }

    private String[] keys(int creator, LocalDate from, LocalDate to) {
        List<String> keys = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            long millis = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            for (int partition = 0; partition < partitions.count(); partition++) {
                keys.add(Keys.visitors(partition, millis, creator));
            }
        }
        return keys.toArray(String[]::new);
    }
}
