package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Rounds;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What only attackers send, to the edge's port, to the worker's with a token and without, and over HTTP/2, while shoppers
 * buy. Each is refused or hung up on, no event loop is held up, and no shopper notices. That nothing was smuggled is seen
 * by the edge's own count of redirects as well: it must be the shoppers'.
 */
record HostileHttp(Duration length) implements Drill {

    private static final Duration AGAIN = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** A loop that is held up is late with every timer; a busy machine's scheduler alone makes a tenth of it. */
    private static final double LATE_MILLIS = 100;

    /** One in so many orders: on a busy machine Redis' line may stand for half a second, and its order comes again. */
    private static final int REFUSED_ONE_IN = 100;

    /** As long as Redis may take; the median is held to a blink by G4. */
    private static final long ORDER_MICROS = 2_000_000;

    @Override
    public String name() {
        return "hostile-http";
    }

    @Override
    public String does() {
        return "Smuggling, endless heads and bodies, bombs, slow and half-open connections, HTTP/2 resets, at every"
                + " public port for " + length.toSeconds() + " s.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).with("REQUEST_TIMEOUT", "PT2S").with("KEEP_ALIVE", "PT5S");
    }

    @Override
    public Set<String> alerts() {
        return Set.of();
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of("InfluTraceOrdersRefused");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        World world = stage.world();
        Place edge = world.edges().get(0);
        Place worker = world.workers().get(0);
        String beacon = "/api/v1/integrations/custom/" + world.integration() + "/orders";
        Attackers attackers = new Attackers(
                List.of(Target.edge(edge, beacon), Target.stranger(worker), Target.admin(worker, world.adminToken())));
        ResetFlood resets = ResetFlood.at(world);
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(1));
        Map<Place, Lateness> before = new LinkedHashMap<>();
        for (Place place : List.of(edge, worker, resets.edge())) {
            before.put(place, Lateness.of(place));
        }
        List<Rounds> rounds = new ArrayList<>();
        try {
            rounds.add(Rounds.every(AGAIN, "raw", attackers::next));
            rounds.add(Rounds.every(AGAIN, "raw too", attackers::next));
            rounds.add(Rounds.every(AGAIN, "bombs", attackers::bomb));
            rounds.add(Rounds.every(AGAIN, "slow", attackers::dawdle));
            rounds.add(Rounds.every(AGAIN, "resets", resets::attack));
            rounds.add(Rounds.every(AGAIN, "neighbour", resets::click));
            stage.during(length);
            Patience.until(LONGEST, attackers::allTried);
        } finally {
            rounds.forEach(Rounds::close);
        }
        attackers.judge(stage);
        resets.judge(stage);
        others(stage);
        for (Map.Entry<Place, Lateness> each : before.entrySet()) {
            unharmed(stage, each.getKey(), each.getValue());
        }
    }

    private static void others(Stage stage) {
        long failed = stage.ledger()
                .count("", List.of("cut", "hung", "not_sent", "click_cut", "click_hung", "click_not_sent"));
        long refused = stage.ledger().refusals().getTotalCount();
        Histogram orders = stage.ledger().acceptances();
        stage.hold(
                "others",
                failed == 0
                        && refused * REFUSED_ONE_IN <= orders.getTotalCount()
                        && orders.getMaxValue() <= ORDER_MICROS,
                "%d requests of shoppers failed, %d were refused; %,d orders, %s"
                        .formatted(failed, refused, orders.getTotalCount(), Guarantees.times(orders)));
    }

    private static void unharmed(Stage stage, Place place, Lateness before) throws LoadtestFailure {
        String side = place.name().substring(0, place.name().indexOf('-'));
        Map<String, Long> refused =
                new TreeMap<>(Books.scrape(place).by("influtrace_" + side + "_http_refused_total", "reason"));
        refused.values().removeIf(times -> times == 0);
        double late = Lateness.of(place).meanMillisSince(before);
        double heap = Heap.usedMebibytes(place);
        String log = place.child().log();
        long errors = log.lines().filter(line -> line.contains("level=ERROR")).count();
        boolean blocked = log.contains("has been blocked");
        stage.hold(
                place.name(),
                late < LATE_MILLIS && !blocked && errors == 0 && heap < Heap.BOUND_MEBIBYTES,
                "loops %s, late by %.1f ms in the mean; %.0f MiB of heap; %d errors logged; turned away at the door %s"
                        .formatted(blocked ? "BLOCKED" : "never blocked", late, heap, errors, refused));
    }
}
