package io.influtrace.loadtest.world;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends shoppers to edges in turn, and stops sending to those that say they are not ready, as a load balancer does. */
public final class Balancer implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final List<Place> edges;
    private final AtomicInteger next = new AtomicInteger();
    private final Rounds looks;
    private volatile List<Place> listed;

    private Balancer(List<Place> edges) {
        this.edges = List.copyOf(edges);
        this.listed = this.edges;
        this.looks = Rounds.every(LOOK, "balancer", this::look);
    }

    /** Begins to look at their readiness. */
    static Balancer over(List<Place> edges) {
        return new Balancer(edges);
    }

    /** The next edge; any where none says that it is ready. */
    public Place pick() {
        List<Place> among = listed.isEmpty() ? edges : listed;
        return among.get(Math.floorMod(next.getAndIncrement(), among.size()));
    }

    private void look() {
        listed = edges.stream().filter(Balancer::ready).toList();
    }

    private static boolean ready(Place edge) {
        try {
            return edge.ready();
        } catch (LoadtestFailure stopped) {
            return false;
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
