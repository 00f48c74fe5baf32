package io.influtrace.loadtest.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of the requests of one run. Written by the load's thread, read when that has ended. */
public final class Tally {

    private static final long HIGHEST = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;

    private final Map<Kind, Histogram> latencies = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<Integer, Long>> statuses = new EnumMap<>(Kind.class);
    private final Map<String, Long> lost = new TreeMap<>();
    private final Histogram all = new Histogram(HIGHEST, DIGITS);
    private long sent;
    private long answered;
    private double cpuMicros;

    void sent() {
        sent++;
    }

    /** An answer; {@code nanos} from the moment the request was due, recorded only where {@code counts}. */
    void answered(Kind kind, int status, long nanos, boolean counts) {
        answered++;
        statuses.computeIfAbsent(kind, fresh -> new TreeMap<>()).merge(status, 1L, Long::sum);
        if (counts) {
            long within = Math.min(Math.max(nanos, 0), HIGHEST);
            latencies
                    .computeIfAbsent(kind, fresh -> new Histogram(HIGHEST, DIGITS))
                    .recordValue(within);
            all.recordValue(within);
        }
    }

    /** No answer: {@code closed} by the edge, {@code unanswered} at the end, {@code unsent} beyond what may wait. */
    void lost(String reason) {
        lost.merge(reason, 1L, Long::sum);
    }

    void cpu(double micros) {
        cpuMicros = micros;
    }

    /** Requests that were due, sent or not. */
    public long due() {
        return sent + lost.getOrDefault("unsent", 0L);
    }

    public long answered() {
        return answered;
    }

    /** Requests without an answer, by reason. */
    public Map<String, Long> lost() {
        return lost;
    }

    /** Answers by status of one kind of request, named as the mix names it. */
    public Map<Integer, Long> statuses(String kind) {
        for (Map.Entry<Kind, Map<Integer, Long>> each : statuses.entrySet()) {
            if (each.getKey().word().equals(kind)) {
                return each.getValue();
            }
        }
        return Map.of();
    }

    /** Answers of another status than their request asks for. */
    public long unexpected() {
        return statuses.entrySet().stream()
                .flatMap(kind -> kind.getValue().entrySet().stream()
                        .filter(answers -> answers.getKey() != kind.getKey().wanted()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The latency of all kinds together that so many percent keep, milliseconds. */
    public double percentile(double percent) {
        return all.getValueAtPercentile(percent) / 1e6;
    }

    /** This process's own CPU a request, microseconds. */
    public double cpuMicrosPerRequest() {
        return cpuMicros / Math.max(1, sent);
    }

    Map<Kind, Histogram> latencies() {
        return latencies;
    }

    Map<Kind, Map<Integer, Long>> statuses() {
        return statuses;
    }
}
