package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Flood;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.Plan.Proxied;
import io.influtrace.loadtest.world.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Ten times what Redis takes, in an open loop. The line to Redis is narrow, so that its end is reached while the edge has
 * processor to spare: what is accepted stays near the peak, what is not is refused at once, and nothing piles up.
 */
record Overload(String name, Duration length) implements Drill {

    private static final Weather NARROW = new Weather(Duration.ofMillis(1), 0, 30_000);
    private static final Duration PEAK = Duration.ofSeconds(8);
    private static final double MANY = 2_000;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int SHOPPERS_AT_PEAK = 64;
    private static final double TIMES = 10;
    private static final double LEAST_OF_PEAK = 0.8;
    private static final long REFUSED_MICROS = 50_000;
    /** Left out of the refusals' times: the edge stands still while it is told to collect all its garbage. */
    private static final Duration COLLECTED = Duration.ofSeconds(1);

    private static final Duration NORMAL = Duration.ofSeconds(10);

    /** Between two live sizes of a heap that does not grow: what the JVM itself compiles and caches meanwhile. */
    private static final double MEBIBYTES_OF_NOISE = 16;

    @Override
    public String does() {
        return "Ten times the orders that Redis takes behind a narrow line, in an open loop, for " + length.toSeconds()
                + " s.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).throughProxy(Proxied.EDGES);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceDirectoryStale", "InfluTraceClicksInJournal", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        Place edge = stage.world().edges().get(0);
        stage.world().proxy().weather(NARROW);
        warmUp(stage);
        double peak = peak(stage);
        int before = stage.ledger().acceptedSoFar();
        double heapEarly;
        double heapLate;
        double rate;
        long sent;
        Histogram refusals;
        Histogram lateness;
        Histogram calm = stage.ledger().refusals();
        try (Flood flood = stage.flood(TIMES * peak)) {
            stage.during(length.dividedBy(4));
            Histogram early = since(calm, stage);
            heapEarly = Heap.liveMebibytes(edge);
            stage.during(COLLECTED);
            Histogram collected = stage.ledger().refusals();
            stage.during(length.dividedBy(4).multipliedBy(3).minus(COLLECTED));
            refusals = since(collected, stage);
            refusals.add(early);
            rate = (stage.ledger().acceptedSoFar() - before) / (length.toMillis() / 1e3);
            sent = flood.sent();
            heapLate = Heap.liveMebibytes(edge);
            flood.end();
            lateness = flood.lateness();
        }
        stage.hold(
                "rate",
                rate >= LEAST_OF_PEAK * peak,
                "%.0f a second accepted of %.0f that came; %.0f at the peak"
                        .formatted(rate, sent / (length.toMillis() / 1e3), peak));
        stage.hold(
                "refused",
                refusals.getTotalCount() > 0 && refusals.getValueAtPercentile(99) <= REFUSED_MICROS,
                "%s, from the request's first byte; those left %.1f ms behind their time in the median, %.0f at p99"
                        .formatted(
                                Guarantees.times(refusals),
                                lateness.getValueAtPercentile(50) / 1e3,
                                lateness.getValueAtPercentile(99) / 1e3));
        stage.hold(
                "heap",
                heapLate - heapEarly <= MEBIBYTES_OF_NOISE,
                "%.1f MiB live after a quarter of the time, %.1f at its end".formatted(heapEarly, heapLate));
        long hung = stage.ledger().count("", List.of("hung"));
        long cut = stage.ledger().count("", List.of("cut"));
        long notSent = stage.ledger().count("", List.of("not_sent"));
        stage.hold(
                "answers",
                hung + cut + notSent == 0,
                "%d orders hung, %d connections cut, %d not made".formatted(hung, cut, notSent));
        normalAgain(stage);
    }

    private static Histogram since(Histogram before, Stage stage) {
        Histogram refusals = stage.ledger().refusals();
        refusals.subtract(before);
        return refusals;
    }

    // An edge that has refused nobody yet has still to be compiled for it, and so has the flood.
    private static void warmUp(Stage stage) throws LoadtestFailure {
        try (Flood flood = stage.flood(MANY)) {
            stage.during(WARM_UP);
            flood.end();
        }
    }

    private static double peak(Stage stage) throws LoadtestFailure {
        try (Flood crowd = stage.inTurn(SHOPPERS_AT_PEAK)) {
            stage.during(Duration.ofSeconds(2));
            int before = stage.ledger().acceptedSoFar();
            stage.during(PEAK);
            double peak = (stage.ledger().acceptedSoFar() - before) / (PEAK.toMillis() / 1e3);
            crowd.end();
            return peak;
        }
    }

    private static void normalAgain(Stage stage) throws LoadtestFailure {
        long start = System.nanoTime();
        stage.shoppers(Pace.STEADY);
        boolean normal = Patience.until(NORMAL, () -> {
            long refused = stage.ledger().refusals().getTotalCount();
            int accepted = stage.ledger().acceptedSoFar();
            stage.during(Duration.ofSeconds(1));
            return stage.ledger().refusals().getTotalCount() == refused
                    && stage.ledger().acceptedSoFar() > accepted;
        });
        stage.hold(
                "normal",
                normal,
                "no order refused %.1f s after the flood".formatted((System.nanoTime() - start) / 1e9));
    }
}
