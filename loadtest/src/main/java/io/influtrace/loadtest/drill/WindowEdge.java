package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.demo.AdminApi;
import io.influtrace.loadtest.demo.Seed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.LateShoppers;
import io.influtrace.loadtest.shopper.LateShoppers.Late;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.World;
import io.influtrace.protocol.click.TokenKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Orders of the window's last millisecond, and of the one before and behind it, come in while the sweep lets their clicks
 * expire: whoever is first, the event ends as one of converted and expired, and the order agrees with it.
 */
record WindowEdge(Duration length) implements Drill {

    private static final Duration WINDOW = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofDays(8);

    /** The worker sweeps every ten seconds, so that some orders come before and some behind the sweep of their click. */
    private static final Duration SPREAD = Duration.ofSeconds(12);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COUNTERS = 3;
    private static final String KEYS = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    @Override
    public String name() {
        return "edge-of-window";
    }

    @Override
    public String does() {
        return "Orders at the window's end, one millisecond before and behind it, against the sweep of two workers, "
                + length.toSeconds() + " s.";
    }

    @Override
    public Plan plan() {
        return Plan.of(2, 2).with("TOKEN_KEYS", KEYS);
    }

    @Override
    public Set<String> alerts() {
        return Set.of();
    }

    @Override
    public Set<String> possibleAlerts() {
        // Some live in another time than others, and are started again for it.
        return Set.of("InfluTraceProcessDown", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        World world = stage.world();
        String secret = storeServer(world.admin(), world.integration());
        for (Place place : world.all()) {
            if (place != world.edges().get(0)) {
                place.stop();
                place.change("CLOCK_OFFSET", WINDOW.plus(GRACE).toString());
                place.start();
            }
        }
        Collection<Late> all;
        try (LateShoppers late = LateShoppers.start(
                world,
                stage.ledger(),
                TokenKeys.parse(KEYS),
                secret,
                WINDOW,
                SPREAD,
                COUNTERS,
                stage.random().nextLong())) {
            stage.during(length);
            all = late.settle(PATIENCE);
        }
        Streams.awaitRest(world, PATIENCE);
        boolean swept = Patience.until(
                PATIENCE,
                () -> world.admin().list("/events?status=pending&limit=1").isEmpty());
        judge(stage, all, swept);
    }

    private static String storeServer(AdminApi admin, String pixel) throws LoadtestFailure {
        JsonObject api = admin.create("/integrations", new JsonObject().put("type", "api"));
        String id = api.getString("id");
        JsonArray both = new JsonArray().add(pixel).add(id);
        if (!admin.post("/integrations/" + id + "/verify", new JsonObject()).fine()
                || !admin.patch("/links/" + Seed.SLUG, new JsonObject().put("integrations", both))
                        .fine()) {
            throw new LoadtestFailure("The store's server could not be connected.");
        }
        return api.getString("secret");
    }

    private static void judge(Stage stage, Collection<Late> all, boolean swept) throws LoadtestFailure {
        Map<String, String> events = new HashMap<>();
        Books.each(
                stage.world().admin(),
                "/events",
                event -> events.put(event.getString("id"), event.getString("status")));
        Map<String, JsonObject> orders =
                Books.read(stage.world(), Streams.added(stage.world().redis())).orders();
        int converted = 0;
        int tooLate = 0;
        String wrong = "";
        for (Late late : all) {
            JsonObject order = orders.getOrDefault(late.order().id(), new JsonObject());
            String event = events.getOrDefault(late.event(), "unknown");
            boolean credited = !order.getJsonArray("credits", new JsonArray()).isEmpty();
            String reason = order.getString("reason", "");
            boolean right = credited
                    ? event.equals("converted") && late.past() <= 0
                    : event.equals("expired")
                            && reason.equals(late.past() > 0 ? "link_window_elapsed" : "touch_expired");
            if (!right) {
                wrong = ", wrong: %s, %d ms past, %s %s, event %s"
                        .formatted(late.order().id(), late.past(), credited ? "credited" : "not", reason, event);
            }
            converted += credited ? 1 : 0;
            tooLate += !credited && late.past() <= 0 ? 1 : 0;
            stage.ledger().told(credited ? late.order() : late.order().uncredited());
        }
        stage.hold(
                "one",
                swept && wrong.isEmpty() && converted > 0 && tooLate > 0,
                "%,d orders: %,d came before the sweep and converted, %,d in their window behind it, the rest past it%s"
                        .formatted(all.size(), converted, tooLate, wrong));
    }
}
