package io.influtrace.edge.ops;

import static java.util.Objects.requireNonNull;

import io.influtrace.edge.order.OrderMeters;
import io.influtrace.edge.outbox.OutboxMeters;
import io.influtrace.edge.redirect.RedirectMeters;
import io.influtrace.edge.redis.Traffic;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.http.HttpMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Every meter of the edge. What the redirect path touches is resolved at boot. Safe for any thread. */
public final class Meters implements HttpMeters, RedirectMeters, OutboxMeters, OrderMeters, Traffic, AutoCloseable {

    private static final String CLICKS = "influtrace.edge.clicks";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<ClickClass, Map<Outcome, Counter>> redirects = new EnumMap<>(ClickClass.class);
    private final Counter recorded = registry.counter(CLICKS, "fate", "recorded", "reason", "");
    private final Counter journaled = registry.counter(CLICKS, "fate", "journaled", "reason", "");
    private final Counter backlog = registry.counter(CLICKS, "fate", "dropped", "reason", "backlog");
    private final Counter replayed = registry.counter("influtrace.edge.journal.replayed.clicks");
    private final Counter flushFailures = registry.counter("influtrace.edge.flush.failures");
    private final DistributionSummary flushSizes = DistributionSummary.builder("influtrace.edge.flush.clicks")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    private final Timer roundTrips = Timer.builder("influtrace.edge.redis.round.trips")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    private final Timer loopLag = Timer.builder("influtrace.edge.event.loop.lag")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    private final Counter wentBack = registry.counter("influtrace.edge.redis.went.back");
    private final LongAdder connections = new LongAdder();
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private Meters() {
        for (ClickClass clickClass : ClickClass.values()) {
            Map<Outcome, Counter> ofClass = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                ofClass.put(
                        outcome,
                        registry.counter(
                                "influtrace.edge.redirects",
                                "class",
                                clickClass.word(),
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT)));
            }
            redirects.put(clickClass, ofClass);
        }
        beginAtZero();
        gauge("influtrace.edge.connections", "", connections::sum);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    // A counter that begins with its first event has not grown in Prometheus' eyes, and its alert stays silent.
    private void beginAtZero() {
        for (String kind : List.of("order", "ping", "survey", "conversion", "refund")) {
            beacons(kind, "accepted", "");
            beacons(kind, "refused", "store_unavailable");
        }
        List.of("not_connected", "deadline", "closed", "refused", "error", "unconfirmed")
                .forEach(this::redisFailures);
        List.of("backlog", "journal_full", "journal_busy", "journal_error").forEach(this::droppedClicks);
        List.of("torn", "rejected").forEach(this::lostClicks);
    }

    private Counter beacons(String kind, String outcome, String reason) {
        return registry.counter("influtrace.edge.beacons", "kind", kind, "outcome", outcome, "reason", reason);
    }

    private Counter redisFailures(String reason) {
        return registry.counter("influtrace.edge.redis.failures", "reason", reason);
    }

    private Counter droppedClicks(String reason) {
        return registry.counter(CLICKS, "fate", "dropped", "reason", reason);
    }

    private Counter lostClicks(String reason) {
        return registry.counter("influtrace.edge.journal.lost.clicks", "reason", reason);
    }

    /** A fresh registry with all meters of the process in it. */
    public static Meters start() {
        return new Meters();
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    /** A number that is read when somebody looks; {@code unit} as Prometheus names it, or empty. */
    public void gauge(String name, String unit, Supplier<Number> value) {
        Gauge.builder(name, value).baseUnit(unit).register(registry);
    }

    /** Which of these words holds now, as a gauge of 1 under that word and of 0 under the others. */
    public void oneOf(String name, String tag, List<String> words, Supplier<String> now) {
        words.forEach(word -> Gauge.builder(name, () -> word.equals(now.get()) ? 1 : 0)
                .tag(tag, word)
                .register(registry));
    }

    @Override
    public void connections(int change) {
        connections.add(change);
    }

    @Override
    public void refused(String reason) {
        registry.counter("influtrace.edge.http.refused", "reason", reason).increment();
    }

    @Override
    public void beacon(String kind, String outcome, String reason) {
        beacons(kind, outcome, reason).increment();
    }

    @Override
    public void nearMiss(String fate) {
        registry.counter("influtrace.edge.near.misses", "fate", fate).increment();
    }

    @Override
    public void wentBack() {
        wentBack.increment();
    }

    /** The renewed files of the certificate were taken ({@code renewed}) or not ({@code refused}). */
    public void certificate(String outcome) {
        registry.counter("influtrace.edge.certificate.renewals", "outcome", outcome)
                .increment();
    }

    /** An event loop ran a timer that much late. */
    public void lag(Duration late) {
        loopLag.record(late);
    }

    @Override
    public void redirect(ClickClass clickClass, Outcome outcome) {
        requireNonNull(requireNonNull(redirects.get(clickClass)).get(outcome)).increment();
    }

    @Override
    public void flushing(int clicks) {
        flushSizes.record(clicks);
    }

    @Override
    public void flushFailed() {
        flushFailures.increment();
    }

    @Override
    public void recorded(int clicks) {
        recorded.increment(clicks);
    }

    @Override
    public void journaled(int clicks) {
        journaled.increment(clicks);
    }

    @Override
    public void dropped(String reason, int clicks) {
        // The backlog's is counted a click and under overload, so it is not looked up.
        (reason.equals("backlog") ? backlog : droppedClicks(reason)).increment(clicks);
    }

    @Override
    public void replayed(int clicks) {
        replayed.increment(clicks);
    }

    @Override
    public void lost(String reason, int clicks) {
        lostClicks(reason).increment(clicks);
    }

    @Override
    public void answered(long time, TimeUnit unit) {
        roundTrips.record(time, unit);
    }

    @Override
    public void failed(String reason) {
        redisFailures(reason).increment();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
