package io.influtrace.loadtest.bench;

import java.util.ArrayList;
import java.util.List;

/** One server of a comparison, measured under saturation round by round. */
final class Side {

    /** A server that is still slow after these is slow. */
    private static final int MOST_WARM_UPS = 5;

    /** A minute of saturation at the full pace. */
    private static final int MOST_SETTLING = 15;

    /** Share of a core below which a compiler is done. */
    private static final double SILENT = 0.01;

    private final Server server;
    private final String path;
    private final String script;
    private final Series cpu = new Series();
    private final Series rate = new Series();
    private long requests;
    private long failed;

    /**
     * Nothing is sent yet.
     *
     * @param path appended to the server's address
     * @param script of wrk
     */
    Side(Server server, String path, String script) {
        this.server = server;
        this.path = path;
        this.script = script;
    }

    /** Warms all up, then measures each in turn, round by round. */
    static void inTurn(List<Side> sides, Pace pace) {
        sides.forEach(side -> side.warmUp(pace));
        for (int round = 0; round < pace.rounds(); round++) {
            sides.forEach(side -> side.measure(pace.seconds()));
        }
    }

    /** Sends until the compiler has seen enough, at least for the pace's time. */
    void warmUp(Pace pace) {
        long sent = load(pace.warmUpSeconds()).requests();
        for (int more = 0; more < MOST_WARM_UPS && sent < pace.warmUpRequests(); more++) {
            sent += load(pace.seconds()).requests();
        }
    }

    /** Sends until the compiler has fallen silent too: its threads would take the core from requests that count. */
    void settle(Pace pace) {
        for (int more = 0; more < MOST_SETTLING; more++) {
            double before = server.compilerSeconds();
            load(pace.seconds());
            if (server.compilerSeconds() - before < SILENT * pace.seconds()) {
                return;
            }
        }
    }

    /** Sends without measuring. */
    Wrk load(int seconds) {
        return Wrk.run(Bed.LOAD_CORE, seconds, script, server.url() + path);
    }

    void measure(int seconds) {
        double before = server.cpuSeconds();
        Wrk run = load(seconds);
        cpu.add((server.cpuSeconds() - before) * 1e6 / run.requests());
        rate.add(run.rate());
        requests += run.requests();
        failed += run.failed();
    }

    /** CPU a request in those of the other, pair by pair. */
    Series costIn(Side other) {
        return cpu.dividedBy(other.cpu);
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.seen(server.name() + ", CPU µs a request", cpu.words("%.1f")),
                Row.seen(server.name() + ", requests/s", rate.words("%.0f"))));
        if (failed > 0) {
            rows.add(Row.must(server.name() + ": every request answered as it asked", false));
        }
        return rows;
    }

    Series cpu() {
        return cpu;
    }

    Series rate() {
        return rate;
    }

    long requests() {
        return requests;
    }
}
