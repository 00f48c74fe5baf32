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
    private static final String[] LINKS = {"spring", "summer", "silent", "elsewhere", "both", "dated", "hooked"};
    private static final String[] CODES = {
        "AVA10", "BEN10", "ben10 ", "CLEO5", "NONE", "TWICE", "ONCE", "MIN50", "DATED", "HOOKED"
    };
    private static final String[] MODELS = {"last_click", "first_click", "linear", "time_decay", "position_based"};
    private static final String[] CLASSES = {"bot", "preview", "head", "prefetch"};
    private static final String[] EMAILS = {"Ava+1@mail.example", "cleo@mail.example", "someone@mail.example"};

    private final SplittableRandom random;
    private final List<Object> steps = new ArrayList<>();
    private long at = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
    private final boolean tiers;
    private final boolean subscriptions;
    private Map<String, Object> lastOrder = Map.of();
    private boolean settling = true;
    private int orders;
    private int refunds;

    private Histories(long seed) {
        random = new SplittableRandom(seed);
        tiers = random.nextInt(3) == 0;
        // Several renewals that wait for one order come back in no promised order, which matters to places in a month
        // alone.
        subscriptions = !tiers && random.nextInt(2) == 0;
    }

    /** The story of a seed, without its expectations. */
    static Map<String, Object> story(long seed) {
        return new Histories(seed).make(seed);
    }

    private Map<String, Object> make(long seed) {
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("name", "history " + seed);
        story.put("world", world());
        int length = 5 + random.nextInt(32);
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
        // Which of two reports came first that wait in two partitions since one instant, nobody can tell.
        at += settling ? 0 : 1;
    }

    private void step(int index) {
        int dice = random.nextInt(100);
        if (dice < 38) {
            click(index);
        } else if (dice < 66) {
            order();
        } else if (dice < 69) {
            lastAgain();
        } else if (dice < 77) {
            refund();
        } else if (dice < 82) {
            add("sweep", true);
        } else if (dice < 89) {
            change();
        } else if (dice < 90) {
            add("payout", Map.of("id", "P-" + random.nextInt(4)));
        } else if (dice < 93) {
            add("ping", Map.of("visitor", "v" + random.nextInt(3)));
        } else if (dice < 95) {
            add("survey", Map.of("order", "O-" + random.nextInt(orders + 1), "creator", pick("ava", "Ben", "nobody")));
        } else if (dice < 98) {
            // A renewal that settles beside others is nobody's turn: it is not known whose month it counts in.
            settling = !settling || subscriptions;
            add("settle", settling);
        } else {
            add("crash", pick("after-decision", "after-touches", "after-ledger"));
        }
    }

    /** The same report once more. */
    private void lastAgain() {
        if (!lastOrder.isEmpty()) {
            add("order", lastOrder);
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
        String store = store(number);
        if (!store.isEmpty()) {
            order.put("integration", store);
        }
        String currency = currency(number);
        if (!currency.equals("USD")) {
            order.put("currency", currency);
        }
        if (random.nextInt(4) == 0) {
            order.put("source", "trusted");
        }
        if (random.nextInt(5) > 0) {
            order.put("visitor", "v" + random.nextInt(3));
        }
        order.put("value", random.nextInt(10) == 0 ? "0" : money(20_000, currency));
        if (random.nextInt(3) == 0) {
            order.put("coupon", random.nextBoolean() ? pick(CODES) : List.of(pick(CODES), pick(CODES)));
        }
        if (random.nextInt(4) == 0) {
            order.put("customer", pick(EMAILS));
        }
        if (random.nextInt(4) == 0) {
            order.put("tax", currency.equals("JPY") ? "7" : "0.07");
            order.put("shipping", currency.equals("JPY") ? "10" : "0.10");
        }
        if (random.nextInt(6) == 0) {
            order.put(
                    "happened",
                    Instant.ofEpochMilli(at - random.nextLong(9 * Oracle.DAY)).toString());
        }
        int first = random.nextInt(orders + 1);
        if (subscriptions && random.nextInt(3) == 0 && first != number && isOther(first) == isOther(number)) {
            order.put("renews", "O-" + first);
        }
        add("order", order);
        lastOrder = order;
    }

    /** Every fifth order is another store's, and always was: the names of codes' events carry no store. */
    private static boolean isOther(int number) {
        return number % 5 == 4;
    }

    /** The default store has a webhook beside its pixel. */
    private String store(int number) {
        return isOther(number) ? "other" : random.nextInt(4) == 0 ? "hook" : "";
    }

    private static String currency(int number) {
        return number % 7 == 5 ? "JPY" : number % 7 == 6 ? "KWD" : "USD";
    }

    private void refund() {
        Map<String, Object> refund = new LinkedHashMap<>();
        int number = random.nextInt(orders + 1);
        refund.put("order", "O-" + number);
        String store = store(number);
        if (!store.isEmpty()) {
            refund.put("integration", store);
        }
        if (random.nextInt(4) == 0) {
            add("cancel", refund);
            return;
        }
        boolean again = refunds > 0 && random.nextInt(4) == 0;
        refund.put("id", "R-" + (again ? random.nextInt(refunds) : refunds++));
        refund.put("value", money(15_000, currency(number)));
        add("refund", refund);
    }

    private void change() {
        Map<String, Object> change = new LinkedHashMap<>();
        switch (random.nextInt(12)) {
            case 0 -> campaign(change, "main", "model", pick(MODELS));
            case 1 -> campaign(change, "main", "commission", Map.of("value", "" + (1 + random.nextInt(30))));
            case 5 -> campaign(change, "main", "holdDays", random.nextInt(40));
            case 6 -> campaign(change, "main", "windowDays", 1 + random.nextInt(30));
            case 7 ->
                campaign(
                        change,
                        pick("main", "fixed"),
                        "overrides",
                        Map.of(pick("ava", "ben"), Map.of("type", "percent", "value", "" + random.nextInt(40))));
            case 8 -> change.put("links", Map.of("summer", Map.of("campaign", pick("main", "fixed"))));
            case 9 -> change.put("coupons", Map.of("BEN10", Map.of("retired", random.nextBoolean())));
            case 10 ->
                change.put(
                        "coupons",
                        Map.of(
                                "CLEO5",
                                Map.of("integrations", random.nextBoolean() ? List.of("other") : List.of("hook"))));
            case 11 -> campaign(change, "fixed", "model", pick(MODELS));
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

    private static void campaign(Map<String, Object> change, String id, String field, Object value) {
        change.put("campaigns", Map.of(id, Map.of(field, value)));
    }

    private Map<String, Object> world() {
        Map<String, Object> world = new LinkedHashMap<>();
        Map<String, Object> percent = new LinkedHashMap<>(Map.of("type", "percent", "value", "10"));
        if (tiers) {
            percent.put("tiers", List.of(Map.of("from", 2, "value", "20"), Map.of("from", 4, "value", "5")));
        }
        world.put(
                "campaigns",
                Map.of(
                        "main",
                        Map.of("model", pick(MODELS), "windowDays", 1 + random.nextInt(30), "commission", percent),
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
                "integrations",
                Map.of(
                        "shop", Map.of("store", "acme"),
                        "hook", Map.of("type", "shopify", "status", "connected", "store", "acme")));
        world.put(
                "links",
                Map.of(
                        "both",
                        Map.of("campaign", "fixed", "integrations", List.of("shop", "other")),
                        "hooked",
                        Map.of("campaign", "main", "integrations", List.of("hook")),
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
                        "HOOKED", Map.of("creator", "dan", "link", "summer", "integrations", List.of("hook")),
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

    private String money(int limit, String currency) {
        return Amounts.decimal(1 + random.nextInt(limit), currency);
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
