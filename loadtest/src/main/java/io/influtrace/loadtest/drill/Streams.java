package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import io.influtrace.protocol.redis.Keys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The streams of reports, looked at in Redis itself. */
final class Streams {

    /** The default count of a new deployment. */
    static final int PARTITIONS = 16;

    private Streams() {}

    /** Reports that were ever put into the streams, trimmed ones included. */
    static long added(RedisProcess redis) {
        return sum(redis, "entries-added");
    }

    /** Waits until nothing is undelivered or pending, and no edge has clicks in its journal. */
    static void awaitRest(World world, Duration longest) throws LoadtestFailure {
        if (!Patience.until(longest, () -> atRest(world))) {
            throw new LoadtestFailure("No rest after " + longest.toSeconds() + " s: " + state(world));
        }
    }

    /** Whether nothing waits anywhere. */
    static boolean atRest(World world) throws LoadtestFailure {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (!settled(world.redis(), partition)) {
                return false;
            }
        }
        for (Place edge : world.edges()) {
            if (edge.alive() && Books.scrape(edge).sum("influtrace_edge_journal_bytes", Map.of()) > 0) {
                return false;
            }
        }
        return true;
    }

    private static String state(World world) throws LoadtestFailure {
        StringBuilder state = new StringBuilder();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (!settled(world.redis(), partition)) {
                state.append(" partition ").append(partition).append(' ').append(group(world.redis(), partition));
            }
        }
        for (Place edge : world.edges()) {
            if (edge.alive()) {
                double bytes = Books.scrape(edge).sum("influtrace_edge_journal_bytes", Map.of());
                state.append(' ').append(edge.name()).append(" journal ").append(bytes);
            }
        }
        return state.toString();
    }

    private static boolean settled(RedisProcess redis, int partition) {
        Map<String, Object> stream = facts(
                redis.ask(List.of("XINFO", "STREAM", Keys.reports(partition))).orElse(""));
        Map<String, Object> group = group(redis, partition);
        return !group.isEmpty()
                && Long.valueOf(0).equals(group.get("pending"))
                && String.valueOf(stream.get("last-generated-id")).equals(group.get("last-delivered-id"));
    }

    private static Map<String, Object> group(RedisProcess redis, int partition) {
        Object groups =
                redis.ask(List.of("XINFO", "GROUPS", Keys.reports(partition))).orElse("");
        return groups instanceof List<?> list && !list.isEmpty() ? facts(list.get(0)) : Map.of();
    }

    private static long sum(RedisProcess redis, String fact) {
        long sum = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Object stream = redis.ask(List.of("XINFO", "STREAM", Keys.reports(partition)))
                    .orElse("");
            sum += facts(stream).get(fact) instanceof Long number ? number : 0;
        }
        return sum;
    }

    private static Map<String, Object> facts(Object reply) {
        Map<String, Object> facts = new HashMap<>();
        if (reply instanceof List<?> pairs) {
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                facts.put(String.valueOf(pairs.get(i)), pairs.get(i + 1));
            }
        }
        return facts;
    }
}
