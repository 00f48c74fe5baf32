package io.influtrace.worker.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says what must stand at a story's end, by walking through it once in memory: no scripts, no partitions, no clocks but
 * the story's. Written from the rules alone, never from the worker's code.
 */
final class Oracle {

    static final long DAY = 86_400_000;
    private static final long GRACE = 8 * DAY;

    final World world;
    final Map<String, Touch> touches = new LinkedHashMap<>();
    final Map<String, Sale> sales = new LinkedHashMap<>();
    final Map<String, Touch> couponEvents = new TreeMap<>();
    final Books books = new Books();
    final Map<String, Set<String>> uses = new TreeMap<>();
    final Map<String, List<String>> places = new TreeMap<>();
    final Map<String, String> surveys = new TreeMap<>();
    final Map<String, Set<String>> renewals = new TreeMap<>();
    final Map<String, List<Runnable>> waiting = new TreeMap<>();
    private final Map<String, String> currencies = new TreeMap<>();
    private final Set<String> payouts = new TreeSet<>();
    private final Map<String, List<String>> kept = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final Map<String, List<Node>> earlyRefunds = new LinkedHashMap<>();
    private final List<Runnable> queue = new ArrayList<>();
    private final List<Long> queuedTimes = new ArrayList<>();
    private boolean settling = true;
    private long now;

    /** A click or a code's use. */
    static final class Touch {
        String name = "";
        String creator = "";
        boolean registered;
        String link = "";
        String campaign = "";
        String clickClass = "human";
        long at;
        int order;
        int windowDays;
        String status = "pending";
        String reason = "";
        String note = "";
        long notedAt = Long.MIN_VALUE;

        /** Of several meetings the latest has the word. */
        void note(String newNote, long at) {
            if (status.equals("pending") && at >= notedAt) {
                note = newNote;
                notedAt = at;
            }
        }

        void become(String newStatus, String newReason) {
            if (status.equals("pending")) {
                status = newStatus;
                reason = newReason;
            }
        }
    }

    /** An order as it stands. */
    static final class Sale {
        String identity = "";
        String id = "";
        String integration = "";
        String survey = "";
        boolean renewal;
        long at;
        long value;
        long tax;
        long shipping;
        String currency = "USD";
        String customer = "";
        long statedAt = Long.MIN_VALUE;
        String verdict = "";
        String signal = "";
        String reason = "";
        final List<Long> wanted = new ArrayList<>();
        final List<String> codes = new ArrayList<>();
        final List<String> tokens = new ArrayList<>();
        final List<Share> shares = new ArrayList<>();
        final List<String> assists = new ArrayList<>();
        final List<String> refunds = new ArrayList<>();
        final Set<String> reporters = new TreeSet<>();
        final Set<String> weighed = new TreeSet<>();
        final Set<String> below = new TreeSet<>();
        final Set<String> exhausted = new TreeSet<>();

        /** Whatever came when: all that was wanted back, up to what the order is worth now. */
        long refunded() {
            return Math.min(value, wanted.stream().mapToLong(Long::longValue).sum());
        }
    }

    /** One creator's part of a sale. */
    static final class Share {
        String creator = "";
        String campaign = "";
        BigDecimal weight = BigDecimal.ONE;
        long value;
        long commission;
        String currency = "USD";
        String state = "pending";
        Optional<Node> policy = Optional.empty();

        /** The campaign as it was when the share was earned; an edit at that very instant comes too late. */
        Node policy(World world, long at) {
            policy = policy.or(() -> world.thing("campaigns", campaign, at));
            return policy.orElseThrow();
        }
    }

    private Oracle(World world) {
        this.world = world;
    }

    /** What must stand at the end of a story. */
    static Map<String, Object> expect(Map<String, Object> story) {
        Oracle oracle = new Oracle(new World(Node.of(story).map("world").fields()));
        Object steps = story.get("steps");
        for (Object step : (List<?>) (steps == null ? List.of() : steps)) {
            oracle.foresee(Node.of(step).map("order"));
        }
        for (Object step : (List<?>) (steps == null ? List.of() : steps)) {
            oracle.step(Node.of(step));
        }
        return oracle.expectations();
    }

    /** A refund names no currency: it is its order's, be that yet to come. */
    private void foresee(Node order) {
        if (order.has("id")) {
            currencies.putIfAbsent(identity(order, "id"), order.text("currency").orElse("USD"));
        }
    }

    private void step(Node step) {
        now = step.instant("at");
        if (step.has("click")) {
            click(step.map("click"));
        } else if (step.has("order")) {
            Node order = step.map("order");
            long received = now;
            long at = happened(order, received);
            List<String> tokens = tokens(order);
            arrive(at, () -> new Verdicts(this).settle(order, received, at, tokens));
        } else if (step.has("refund")) {
            Node refund = step.map("refund");
            arrive(now, () -> refund(identity(refund, "order"), refund));
        } else if (step.has("cancel")) {
            Node cancel = step.map("cancel");
            arrive(now, () -> refund(identity(cancel, "order"), cancel));
        } else if (step.has("ping")) {
            List<String> tokens = tokens(step.map("ping"));
            long received = now;
            arrive(now, () -> new Verdicts(this).meet(tokens, received));
        } else if (step.has("survey")) {
            arrive(now, () -> survey(step.map("survey")));
        } else if (step.has("change")) {
            world.change(now, step.map("change").fields());
        } else if (step.has("payout")) {
            payout(step.map("payout").need("id"));
        } else if (step.has("sweep")) {
            sweep();
        } else if (step.has("settle")) {
            settling = step.need("settle").equals("true");
            if (settling) {
                for (int i = 0; i < queue.size(); i++) {
                    queue.get(i).run();
                }
                queue.clear();
                queuedTimes.clear();
            }
        } else if (!step.has("crash") && !step.has("forget")) {
            throw new IllegalArgumentException("a step of an unknown kind: " + step);
        }
    }

    private List<String> tokens(Node of) {
        return of.has("tokens")
                ? of.list("tokens")
                : List.copyOf(kept.getOrDefault(of.text("visitor").orElse(""), List.of()));
    }

    /** The first creator that a shopper names stands, and never pays. */
    private void survey(Node survey) {
        String creator = survey.text("creator").orElse("").toLowerCase(Locale.ROOT);
        if (world.thing("creators", creator, now).isPresent()) {
            String identity = identity(survey, "order");
            surveys.putIfAbsent(identity, creator);
            Optional.ofNullable(sales.get(identity))
                    .ifPresent(sale -> sale.survey = surveys.getOrDefault(identity, ""));
        }
    }

    private static long happened(Node order, long received) {
        if (!order.has("happened")) {
            return received;
        }
        long stated = order.instant("happened");
        return order.text("source").orElse("pixel").equals("pixel")
                ? received - Math.max(0, Math.min(7 * DAY, received - stated))
                : stated;
    }

    private void arrive(long at, Runnable effect) {
        if (settling) {
            effect.run();
        } else {
            queue.add(effect);
            queuedTimes.add(at);
        }
    }

    private void click(Node click) {
        Touch touch = new Touch();
        touch.name = click.need("as");
        touch.link = click.need("link");
        Node link = world.thing("links", touch.link, now).orElseThrow();
        if (!World.active(link, now)) {
            return;
        }
        touch.creator = click.text("creator").or(() -> link.text("creator")).orElse("");
        touch.creator = touch.creator.toLowerCase(Locale.ROOT);
        if (world.thing("creators", touch.creator, now).isEmpty()) {
            touch.creator = touch.creator.replaceAll("[./]+$", "");
        }
        touch.registered = world.thing("creators", touch.creator, now).isPresent();
        touch.campaign = link.need("campaign");
        touch.windowDays = Integer.parseInt(world.thing("campaigns", touch.campaign, now)
                .orElseThrow()
                .text("windowDays")
                .orElse("30"));
        touch.clickClass = click.text("class").orElse("human");
        touch.at = now;
        touch.order = touches.size();
        touches.put(touch.name, touch);
        count(touch.creator, touch.clickClass, 1);
        List<String> tokens = kept.computeIfAbsent(click.text("visitor").orElse(""), key -> new ArrayList<>());
        tokens.add(touch.name);
        if (tokens.size() > 10) {
            tokens.remove(0);
        }
    }

    void count(String creator, String clickClass, int by) {
        counts.computeIfAbsent(creator, key -> new TreeMap<>()).merge(clickClass, by, Integer::sum);
    }

    String identity(Node of, String field) {
        return world.scope(of.text("integration").orElse("shop")) + "/" + of.need(field);
    }

    private void refund(String identity, Node refund) {
        Sale sale = sales.get(identity);
        if (sale == null || sale.verdict.equals("ignored")) {
            earlyRefunds.computeIfAbsent(identity, key -> new ArrayList<>()).add(refund);
            return;
        }
        String id = refund.text("id").orElse("cancel");
        if (sale.refunds.contains(id)) {
            return;
        }
        sale.refunds.add(id);
        sale.wanted.add(refund.text("value")
                .map(amount -> Amounts.minor(amount, currencies.getOrDefault(identity, "USD")))
                .orElse(Long.MAX_VALUE / 1_000));
        new Amounts(this).rebook(sale);
    }

    void applyEarlyRefunds(Sale sale) {
        List<Node> came = earlyRefunds.remove(sale.identity);
        if (came != null) {
            came.forEach(refund -> refund(sale.identity, refund));
        }
    }

    private void sweep() {
        long clock = queuedTimes.stream().mapToLong(Long::longValue).min().orElse(now);
        long sweepClock = Math.min(now, clock);
        for (Touch touch : touches.values()) {
            boolean event = touch.clickClass.equals("human") || touch.clickClass.equals("prefetch");
            if (event && touch.at + touch.windowDays * DAY + GRACE < sweepClock) {
                touch.become(
                        touch.note.isEmpty() ? "expired" : "duplicate",
                        touch.note.isEmpty() ? "window_elapsed" : touch.note);
            }
        }
        sales.values().forEach(this::approve);
    }

    /** Everybody who is owed anything gets it; what changes afterwards is an adjustment. */
    private void payout(String id) {
        if (!payouts.add(id)) {
            return;
        }
        Set<String> paid = new TreeSet<>();
        for (Sale sale : sales.values()) {
            for (Share share : sale.shares) {
                if (books.owed(share.creator, share.currency) > 0) {
                    paid.add(share.creator + " " + share.currency);
                }
            }
        }
        for (Sale sale : sales.values()) {
            for (Share share : sale.shares) {
                if (share.state.equals("approved") && paid.contains(share.creator + " " + share.currency)) {
                    share.state = "adjusted";
                }
                if (paid.contains(share.creator + " " + share.currency)) {
                    books.pay(share.creator, share.currency);
                }
            }
        }
    }

    private void approve(Sale sale) {
        for (Share share : sale.shares) {
            Node campaign = share.policy(world, sale.at);
            long hold = DAY * Integer.parseInt(campaign.text("holdDays").orElse("30"));
            if (share.state.equals("pending") && sale.at + hold <= now) {
                share.state = "approved";
                books.book(share.creator, share.currency, "pending", -share.commission);
                books.book(share.creator, share.currency, "approved", share.commission);
            }
        }
    }

    private Map<String, Object> expectations() {
        Map<String, Object> orders = new LinkedHashMap<>();
        sales.values().forEach(sale -> orders.put(sale.integration + "/" + sale.id, Amounts.spelled(sale)));
        Map<String, Object> events = new LinkedHashMap<>();
        touches.values().stream()
                .filter(touch -> touch.registered)
                .filter(touch -> touch.clickClass.equals("human"))
                .forEach(touch -> events.put(touch.name, spelled(touch)));
        couponEvents.forEach((name, touch) -> events.put(name, spelled(touch)));
        Map<String, Object> clicks = new LinkedHashMap<>();
        counts.forEach((creator, classes) -> {
            if (touches.values().stream().anyMatch(touch -> touch.registered && touch.creator.equals(creator))) {
                clicks.put(creator, new TreeMap<>(classes));
            }
        });
        Map<String, Object> expect = new LinkedHashMap<>();
        expect.put("orders", orders);
        expect.put("events", events);
        expect.put("balances", books.spelled());
        expect.put("clicks", clicks);
        return expect;
    }

    private static Map<String, Object> spelled(Touch touch) {
        return touch.reason.isEmpty()
                ? Map.of("status", touch.status)
                : Map.of("status", touch.status, "reason", touch.reason);
    }

    Optional<Touch> touch(String name) {
        return Optional.ofNullable(touches.get(name));
    }
}
