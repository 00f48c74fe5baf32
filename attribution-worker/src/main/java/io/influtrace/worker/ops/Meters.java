package io.influtrace.worker.ops;

import io.influtrace.protocol.http.HttpMeters;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Every meter of the worker. Safe for any thread. */
public final class Meters implements HttpMeters, AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer roundTrips = timer("influtrace.worker.redis.round.trips");
    private final Timer loopLag = timer("influtrace.worker.event.loop.lag");
    private final LongAdder connections = new LongAdder();
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private Meters() {
        gauge("influtrace.worker.connections", connections::sum);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** A fresh registry with all meters of the process in it. */
    public static Meters start() {
        return new Meters();
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    /** What Redis's client tells its durations to. */
    public CommandLatencyRecorder roundTrips() {
        return new RoundTrips(roundTrips);
    }

    @Override
    public void connections(int change) {
        connections.add(change);
    }

    @Override
    public void refused(String reason) {
        registry.counter("influtrace.worker.http.refused", "reason", reason).increment();
    }

    /** An event loop ran a timer that much late. */
    public void lag(Duration late) {
        loopLag.record(late);
    }

    /** What a label says for as long as the process lives, as a gauge of 1. */
    public void fact(String name, String tag, String value) {
        Gauge.builder(name, () -> 1).tag(tag, value).register(registry);
    }

    /** A number that is read when somebody looks. */
    public void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).register(registry);
    }

    /** A count that somebody else keeps, read when somebody looks. */
    public <T> void count(String name, T keeper, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, keeper, count).register(registry);
    }

    /** How many reports came to that, by a count that a keeper keeps; the keeper must be held elsewhere, or it is lost. */
    <T> void outcome(String outcome, String reason, T keeper, ToDoubleFunction<T> count) {
        FunctionCounter.builder("influtrace.worker.reports", keeper, count)
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }

    private Timer timer(String name) {
        return Timer.builder(name).publishPercentiles(0.5, 0.99).register(registry);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
