package io.influtrace.loadtest.demo;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells each order's verdict once, as it is decided. */
final class OrderWatch {

    /** Orders remembered; past this, the oldest demo on earth may see a line twice. */
    private static final int MOST_SEEN = 10_000;

    private final AdminApi admin;
    private final PrintStream out;
    private final Set<String> seen = new HashSet<>();

    OrderWatch(AdminApi admin, PrintStream out) {
        this.admin = admin;
        this.out = out;
    }

    /** Passes over what was decided before. */
    void skipThePast() throws LoadtestFailure {
        for (JsonObject order : admin.list("/orders")) {
            seen.add(key(order));
        }
    }

    /** Prints what is new. */
    void look() throws LoadtestFailure {
        if (seen.size() > MOST_SEEN) {
            seen.clear();
            skipThePast();
        }
        for (JsonObject order : admin.list("/orders")) {
            if (seen.add(key(order))) {
                out.println(line(order));
            }
        }
    }

    private static String key(JsonObject order) {
        return order.getString("integration") + "/" + order.getString("orderId");
    }

    private static String line(JsonObject order) {
        JsonArray credits = order.getJsonArray("credits", new JsonArray());
        String to = credits.stream()
                .map(JsonObject.class::cast)
                .map(credit -> credit.getString("creator") + " (commission " + credit.getString("commission") + ")")
                .collect(Collectors.joining(", "));
        String head = order.getString("orderId") + "  " + order.getString("value") + " " + order.getString("currency")
                + "  " + order.getString("verdict")
                + (to.isEmpty() ? ": " + order.getString("reason") : " by " + order.getString("signal") + " to " + to);
        String words = order.getString("explanation", "");
        return "  " + head + (words.isEmpty() ? "" : "\n      " + words);
    }
}
