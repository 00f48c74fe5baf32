package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Rounds;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Scrape;
import io.influtrace.loadtest.world.Scrape.Sample;
import io.influtrace.loadtest.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Scrapes every process as Prometheus would, and notes which alerts' conditions came true. Their {@code for} is not waited for. */
final class AlertWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);

    /** What a worker says of the whole deployment it has looked up seconds ago. */
    private static final Duration LOOKED_UP = Duration.ofSeconds(15);

    private final World world;
    private final List<AlertRule> rules;
    private final Set<String> fired = new ConcurrentSkipListSet<>();
    private final Map<String, Double> first = new HashMap<>();
    private final Rounds looks;

    private AlertWatch(World world, List<AlertRule> rules) {
        this.world = world;
        this.rules = List.copyOf(rules);
        this.looks = Rounds.every(EVERY, "alerts", this::look);
    }

    static AlertWatch over(World world, List<AlertRule> rules) {
        return new AlertWatch(world, rules);
    }

    /** Whether those fired that must, and none that may not. */
    Finding finding(Drill drill) throws LoadtestFailure {
        close();
        Patience.until(LOOKED_UP, () -> {
            look();
            return fired.containsAll(drill.alerts());
        });
        Set<String> missing = new TreeSet<>(drill.alerts());
        missing.removeAll(fired);
        Set<String> strange = new TreeSet<>(fired);
        strange.removeAll(drill.alerts());
        strange.removeAll(drill.possibleAlerts());
        return new Finding(
                "alerts",
                missing.isEmpty() && strange.isEmpty(),
                (fired.isEmpty() ? "none fired" : "fired " + fired)
                        + (missing.isEmpty() ? "" : ", missing " + missing)
                        + (strange.isEmpty() ? "" : ", not expected " + strange));
    }

    private void look() {
        for (Place place : world.all()) {
            String job = place.name().substring(0, place.name().indexOf('-'));
            try {
                Optional<Scrape> scrape = place.scrape();
                List<Sample> samples =
                        new ArrayList<>(scrape.map(Scrape::samples).orElse(List.of()));
                samples.add(new Sample("up", Map.of("job", "influtrace-" + job), scrape.isPresent() ? 1 : 0));
                samples.forEach(sample -> judge(place.name(), sample));
            } catch (LoadtestFailure stopped) {
                return;
            }
        }
    }

    private void judge(String instance, Sample sample) {
        for (AlertRule rule : rules) {
            if (!rule.means(sample)) {
                continue;
            }
            double value = sample.value();
            if (rule.increase()) {
                String series = instance + sample.name() + sample.labels();
                double before = first.merge(series, value, Math::min);
                value -= before;
            }
            if (rule.holds(value)) {
                fired.add(rule.alert());
            }
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
