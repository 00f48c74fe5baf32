package io.influtrace.loadtest.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How much is sent where.
 *
 * @param edges one or more; connections are dealt out to them in turn
 * @param rate arrivals a second, on the average over all edges
 * @param time how long arrivals go on
 * @param warmUp the first part of it, which is sent and answered but not recorded
 * @param connections kept alive; what is due while all are busy waits, and its wait counts
 * @param mix what is sent
 * @param seed of the arrivals' gaps and of what each one is
 */
public record LoadPlan(
        List<InetSocketAddress> edges,
        double rate,
        Duration time,
        Duration warmUp,
        int connections,
        String mix,
        long seed) {

    public LoadPlan {
        edges = List.copyOf(edges);
    }
}
