package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Scrape;
import java.util.Map;

/**
 * How late a process's event loops ran their timers, all in all: a loop that is held up is late with each of them.
 *
 * @param seconds of all timers together
 * @param timers that ran
 */
record Lateness(double seconds, double timers) {

    /** Until now. */
    static Lateness of(Place place) throws LoadtestFailure {
        String side = place.name().substring(0, place.name().indexOf('-'));
        String name = "influtrace_" + side + "_event_loop_lag_seconds";
        Scrape scrape = Books.scrape(place);
        return new Lateness(scrape.sum(name + "_sum", Map.of()), scrape.sum(name + "_count", Map.of()));
    }

    /** In the mean since then, milliseconds. */
    double meanMillisSince(Lateness before) {
        return (seconds - before.seconds) / Math.max(1, timers - before.timers) * 1_000;
    }
}
