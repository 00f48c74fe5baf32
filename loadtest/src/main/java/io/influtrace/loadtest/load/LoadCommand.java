package io.influtrace.loadtest.load;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.options.Options;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** {@code load}: sows a shop through the worker's API, sends the load, prints what came of it. */
public final class LoadCommand {

    private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 99.9);

    private LoadCommand() {}

    /**
     * Runs until the time is over.
     *
     * @param environment where {@code ADMIN_TOKEN} may stand
     * @return true where every request was answered as it asked
     */
    public static boolean run(Options options, Map<String, String> environment, PrintStream out)
            throws LoadtestFailure {
        List<InetSocketAddress> edges = edges(options);
        String worker = options.text("worker", "http://localhost:8081", "the worker, which is told of shop and links");
        double rate = options.number("rate", 1_000, 0.1, 1_000_000, "arrivals a second, Poisson");
        int seconds = options.count("seconds", 10, 1, 86_400, "how long requests arrive");
        int warmUp = options.count("warm-up", 2, 0, 3_600, "the first seconds of these, whose latency is not recorded");
        int connections = options.count("connections", 64, 1, 50_000, "kept alive, dealt out to the edges");
        int links = options.count("links", 50, 1, 10_000, "links, clicked by Zipf's law");
        int creators = options.count("creators", 200, 1, 100_000, "creators, clicked by Zipf's law");
        String mix = options.text("mix", Kind.usualMix(), "shares of what is sent");
        int seed = options.count("seed", 42, 0, Integer.MAX_VALUE, "of all that is drawn by lot");
        if (Mix.parse(mix).isEmpty()) {
            options.mistake("--mix reads word=share, comma-separated, of " + Kind.usualMix() + ".");
        }
        options.finish();

        String edge =
                "http://" + edges.get(0).getHostString() + ":" + edges.get(0).getPort();
        AdminApi admin = new AdminApi(worker, token(environment));
        Shop shop = Sowing.sow(admin, "load-", links, "load", creators);
        Sowing.connect(admin, edge, shop);
        LoadPlan plan = new LoadPlan(
                edges, rate, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), connections, mix, seed);
        Tally tally = Load.run(plan, shop, "load-" + Long.toString(System.currentTimeMillis(), 36));
        print(plan, tally, out);
        return tally.lost().isEmpty() && tally.unexpected() == 0;
    }

    private static List<InetSocketAddress> edges(Options options) {
        String text = options.text("edge", "http://localhost:8080", "one edge or more, comma-separated");
        List<InetSocketAddress> edges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<URI> uri = Optional.of(part.strip())
                    .filter(url -> url.matches("http://[^/?#]+/?"))
                    .map(URI::create);
            if (uri.isEmpty() || uri.get().getHost() == null) {
                options.mistake("--edge '" + part + "' does not read http://host:port.");
                continue;
            }
            int port = uri.get().getPort();
            edges.add(new InetSocketAddress(uri.get().getHost(), port < 0 ? 80 : port));
        }
        return edges;
    }

    private static String token(Map<String, String> environment) throws LoadtestFailure {
        String token = environment.getOrDefault("ADMIN_TOKEN", "");
        if (token.isEmpty()) {
            throw new LoadtestFailure("Set ADMIN_TOKEN; the first one lies in the worker's DATA_DIR/admin-token.");
        }
        return token;
    }

    static void print(LoadPlan plan, Tally tally, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d due at %.0f/s, %d answered, the load itself %.1f µs of CPU a request; latency in ms from the due time%n",
                tally.due(),
                plan.rate(),
                tally.answered(),
                tally.cpuMicrosPerRequest());
        out.printf(
                "  %-14s %10s %9s %9s %9s %9s %9s  %s%n",
                "", "recorded", "p50", "p90", "p99", "p99.9", "most", "status");
        tally.latencies().forEach((kind, latency) -> {
            StringBuilder row = new StringBuilder();
            row.append(String.format(Locale.ROOT, "  %-14s %10d", kind.word(), latency.getTotalCount()));
            PERCENTS.forEach(percent -> row.append(millis(latency, percent)));
            row.append(millis(latency, 100))
                    .append("  ")
                    .append(tally.statuses().get(kind));
            out.println(row);
        });
        if (!tally.lost().isEmpty()) {
            out.println("  without an answer: " + tally.lost());
        }
    }

    private static String millis(Histogram latency, double percent) {
        return String.format(Locale.ROOT, " %9.2f", latency.getValueAtPercentile(percent) / 1e6);
    }
}
