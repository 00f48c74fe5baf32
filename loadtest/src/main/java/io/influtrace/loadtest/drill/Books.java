package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Scrape;
import io.influtrace.loadtest.world.World;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the product itself says at rest.
 *
 * @param orders each settled order by its id
 * @param listedTwice orders that the list showed more than once
 * @param reports what reports came to, by outcome, as the worker's metrics say
 * @param rows of the report by creator
 */
record Books(Map<String, JsonObject> orders, int listedTwice, Map<String, Long> reports, Map<String, JsonObject> rows) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 500;

    /** Waits until the worker's metrics know of so many reports, and reads everything. */
    static Books read(World world, long entries) throws LoadtestFailure {
        Place worker = world.workers().stream().filter(Place::alive).findFirst().orElseThrow();
        Patience.until(PATIENCE, () -> sum(reports(worker)) >= entries);
        Map<String, JsonObject> orders = new HashMap<>();
        int[] twice = new int[1];
        each(
                world.admin(),
                "/orders",
                order -> twice[0] += orders.put(order.getString("orderId"), order) == null ? 0 : 1);
        return new Books(orders, twice[0], reports(worker), rows(world.admin()));
    }

    /** Shows every item of a list, page by page. */
    static void each(AdminApi admin, String list, Consumer<JsonObject> shown) throws LoadtestFailure {
        String cursor = "";
        do {
            JsonObject page = page(admin, list + "?limit=" + PAGE + "&cursor=" + encoded(cursor));
            page.getJsonArray("items").forEach(item -> shown.accept((JsonObject) item));
            cursor = page.getString("next", "");
        } while (!cursor.isEmpty());
    }

    /** How many reports of that outcome. */
    long report(String outcome) {
        return reports.getOrDefault(outcome, 0L);
    }

    /** How many reports of any outcome. */
    long reported() {
        return sum(reports);
    }

    private static Map<String, Long> reports(Place worker) throws LoadtestFailure {
        return worker.scrape()
                .map(scrape -> scrape.by("influtrace_worker_reports_total", "outcome"))
                .orElseGet(HashMap::new);
    }

    private static long sum(Map<String, Long> reports) {
        return reports.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, JsonObject> rows(AdminApi admin) throws LoadtestFailure {
        Map<String, JsonObject> rows = new TreeMap<>();
        JsonArray found = page(admin, "/reports/creators").getJsonArray("rows");
        found.forEach(row -> rows.put(((JsonObject) row).getString("creator"), (JsonObject) row));
        return rows;
    }

    private static JsonObject page(AdminApi admin, String path) throws LoadtestFailure {
        Web.Reply reply = admin.get(path);
        if (!reply.fine()) {
            throw new LoadtestFailure("The worker refused " + path + ": " + reply.status() + " " + reply.text());
        }
        return reply.json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Metrics of a living process; nothing where it does not answer. */
    static Scrape scrape(Place place) throws LoadtestFailure {
        return place.scrape().orElseThrow(() -> new LoadtestFailure("The " + place.name() + " tells no metrics."));
    }
}
