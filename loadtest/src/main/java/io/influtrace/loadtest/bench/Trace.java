package io.influtrace.loadtest.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a browser's trace says of one script.
 *
 * @param longestTaskMs of all tasks with any of the script in them, whatever else they held
 * @param scriptMs in which the script was compiled or ran
 * @param layouts that the script forced
 */
record Trace(double longestTaskMs, double scriptMs, long layouts) {

    private static final double MICROS = 1_000;

    /** Reads the events of {@code Tracing.dataCollected}. */
    static Trace of(List<JsonObject> events, String script) {
        List<Span> ours = spans(events.stream()
                .filter(event ->
                        List.of("EvaluateScript", "FunctionCall", "v8.compile").contains(event.getString("name")))
                .filter(event -> names(event, script)));
        List<Span> tasks = spans(
                events.stream().filter(event -> event.getString("name", "").endsWith("RunTask")));
        double longest = tasks.stream()
                .filter(task -> ours.stream().anyMatch(task::holds))
                .mapToDouble(Span::busy)
                .max()
                .orElseThrow(() -> new BenchFailure("The trace shows no task with " + script + " in it."));
        double whole = ours.stream()
                .filter(span -> ours.stream().noneMatch(other -> !other.equals(span) && other.holds(span)))
                .mapToDouble(Span::busy)
                .sum();
        long layouts = events.stream()
                .filter(event -> List.of("Layout", "UpdateLayoutTree").contains(event.getString("name")))
                .filter(event -> names(event, script))
                .count();
        return new Trace(longest / MICROS, whole / MICROS, layouts);
    }

    /** A stretch of one thread, microseconds; {@code busy} is without what other programs took. */
    private record Span(long thread, double start, double duration, double busy) {

        boolean holds(Span other) {
            return thread == other.thread && start <= other.start && start + duration >= other.start + other.duration;
        }
    }

    private static List<Span> spans(Stream<JsonObject> events) {
        return events.filter(event -> event.containsKey("dur"))
                .map(event -> new Span(
                        event.getLong("pid") << 32 | event.getLong("tid"),
                        event.getDouble("ts"),
                        event.getDouble("dur"),
                        event.getDouble("tdur", event.getDouble("dur"))))
                .toList();
    }

    /** Whether a script's address stands in the event, or on the stack that led to it. */
    private static boolean names(JsonObject event, String script) {
        return event.getJsonObject("args", new JsonObject()).encode().contains("/" + script + "\"");
    }
}
