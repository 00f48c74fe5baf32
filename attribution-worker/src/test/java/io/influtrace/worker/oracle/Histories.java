package io.influtrace.worker.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes a random story of a seed: a small world, so that visitors, creators, stores and codes keep running into each other. */
final class Histories {

    private static final String[] CREATORS = {"ava", "ben", "cleo", "dan", "nobody", ""};
    private static final String[] LINKS = {"spring", "summer", "silent", "elsewhere", "both", "dated"};
    private static final String[] CODES = {
        "AVA10", "BEN10", "ben10 ", "CLEO5", "NONE", "TWICE", "ONCE", "MIN50", "DATED"
    };
    private static final String[] MODELS = {"last_click", "first_click", "linear", "time_decay", "position_based"};
    private static final String[] CLASSES = {"bot", "preview", "head", "prefetch"};
    private static final String[] EMAILS = {"Ava+1@mail.example", "cleo@mail.example", "someone@mail.example"};

    private final SplittableRandom random;
    private final List<Object> steps = new ArrayList<>();
    private long at = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
    private boolean settling = true;
    private int orders;
    private int refunds;

    private Histories(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The story of a seed, without its expectations. */
    static Map<String, Object> story(long seed) {
        return new Histories(seed).make(seed);
    }

    private Map<String, Object> make(long seed) {
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("name", "history " + seed);
        story.put("world", world());
        int length = 5 + random.nextInt(26);
        for (int i = 0; i < length; i++) {
            pass();
            step(i);
        }
        if (!settling) {
            add("settle", true);
        }
        at += random.nextInt(60) * Oracle.DAY + 1;
        add("sweep", true);
        story.put("steps", steps);
        return story;
    }

    private void pass() {
        at += switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextLong(2_000);
            case 2 -> random.nextLong(120_000);
            case 3 -> random.nextLong(Oracle.DAY);
            case 4 -> random.nextLong(5 * Oracle.DAY);
            default -> random.nextLong(12 * Oracle.DAY);
        };
    }

    private void step(int index) {
        int dice = random.nextInt(100);
        if (dice < 45) {
            click(index);
        } else if (dice < 75) {
            order();
        } else if (dice < 83) {
            refund();
        } else if (dice < 88) {
            add("sweep", true);
        } else if (dice < 94) {
            change();
        } else if (dice < 95) {
            add("payout", Map.of("id", "P-" + random.nextInt(4)));
        } else if (dice < 98) {
            settling = !settling;
            add("settle", settling);
        } else {
            add("crash", pick("after-decision", "after-touches", "after-ledger"));
        }
    }

    private void click(int index) {
        Map<String, Object> click = new LinkedHashMap<>();
        click.put("visitor", "v" + random.nextInt(3));
        click.put("link", pick(LINKS));
        String creator = pick(CREATORS);
        if (!creator.isEmpty()) {
            click.put("creator", creator);
        }
        click.put("as", "c" + index);
        if (random.nextInt(8) == 0) {
            click.put("class", pick(CLASSES));
        }
        add("click", click);
    }

    private void order() {
        Map<String, Object> order = new LinkedHashMap<>();
        boolean known = orders > 0 && random.nextInt(5) == 0;
        int number = known ? random.nextInt(orders) : orders++;
        // Every fifth order is the other store's, and always was: the names of codes' events carry no store.
        order.put("id", "O-" + number);
        if (number % 5 == 4) {
            order.put("integration", "other");
        }
        if (random.nextInt(4) == 0) {
            order.put("source", "trusted");
        }
        if (random.nextInt(5) > 0) {
            order.put("visitor", "v" + random.nextInt(3));
        }
        order.put("value", random.nextInt(10) == 0 ? "0.00" : money(20_000));
        if (random.nextInt(3) == 0) {
            order.put("coupon", random.nextBoolean() ? pick(CODES) : List.of(pick(CODES), pick(CODES)));
        }
        if (random.nextInt(4) == 0) {
            order.put("customer", pick(EMAILS));
        }
        if (random.nextInt(4) == 0) {
            order.put("tax", "0.07");
            order.put("shipping", "0.10");
        }
        if (random.nextInt(6) == 0) {
            order.put(
                    "happened",
                    Instant.ofEpochMilli(at - random.nextLong(9 * Oracle.DAY)).toString());
        }
        add("order", order);
    }

    private void refund() {
        Map<String, Object> refund = new LinkedHashMap<>();
        String order = "O-" + random.nextInt(orders + 1);
        refund.put("order", order);
        if (random.nextInt(4) == 0) {
            add("cancel", refund);
            return;
        }
        boolean again = refunds > 0 && random.nextInt(4) == 0;
        refund.put("id", "R-" + (again ? random.nextInt(refunds) : refunds++));
        refund.put("value", money(15_000));
        add("refund", refund);
    }

    private void change() {
        Map<String, Object> change = new LinkedHashMap<>();
        switch (random.nextInt(5)) {
            case 0 -> change.put("campaigns", Map.of("main", Map.of("model", pick(MODELS))));
            case 1 ->
                change.put(
                        "campaigns",
                        Map.of("main", Map.of("commission", Map.of("value", "" + (1 + random.nextInt(30))))));
            case 2 -> change.put("coupons", Map.of("AVA10", Map.of("creator", pick("ava", "cleo"))));
            case 3 ->
                change.put(
                        "links",
                        Map.of("spring", Map.of("integrations", random.nextBoolean() ? List.of("shop") : List.of())));
            default ->
                change.put(
                        "integrations",
                        Map.of("other", Map.of("status", pick("connected", "pending", "disconnected"))));
        }
        add("change", change);
    }

    private Map<String, Object> world() {
        Map<String, Object> world = new LinkedHashMap<>();
        world.put(
                "campaigns",
                Map.of(
                        "main", Map.of("model", pick(MODELS), "windowDays", 1 + random.nextInt(30)),
                        "fixed",
                                Map.of(
                                        "model",
                                        pick(MODELS),
                                        "windowDays",
                                        7,
                                        "holdDays",
                                        3,
                                        "commission",
                                        Map.of("type", "fixed", "value", "5.01", "currency", "USD"))));
        world.put(
                "links",
                Map.of(
                        "both",
                        Map.of("campaign", "fixed", "integrations", List.of("shop", "other")),
                        "dated",
                        Map.of(
                                "campaign",
                                "main",
                                "integrations",
                                List.of("shop"),
                                "activeFrom",
                                "2026-02-03T00:00:00Z",
                                "activeUntil",
                                "2026-03-05T00:00:00Z")));
        List<String> both = List.of("shop", "other");
        world.put(
                "coupons",
                Map.of(
                        "CLEO5", Map.of("creator", "cleo", "link", "both", "integrations", both),
                        "TWICE", Map.of("creator", "dan", "link", "spring", "integrations", both, "usageLimit", 2),
                        "ONCE", Map.of("creator", "ben", "link", "both", "integrations", both, "oncePerCustomer", true),
                        "MIN50",
                                Map.of(
                                        "creator",
                                        "ava",
                                        "link",
                                        "spring",
                                        "integrations",
                                        both,
                                        "minimumValue",
                                        "50.00"),
                        "DATED",
                                Map.of(
                                        "creator",
                                        "dan",
                                        "link",
                                        "both",
                                        "integrations",
                                        both,
                                        "activeFrom",
                                        "2026-02-10T00:00:00Z",
                                        "activeUntil",
                                        "2026-03-10T00:00:00Z")));
        world.put("creators", Map.of("cleo", Map.of("email", "cleo@mail.example")));
        return world;
    }

    private void add(String kind, Object value) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("at", Instant.ofEpochMilli(at).toString());
        step.put(kind, value);
        steps.add(step);
    }

    private String money(int limit) {
        int cents = 1 + random.nextInt(limit);
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
