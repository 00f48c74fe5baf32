package io.influtrace.worker.oracle;

import io.influtrace.worker.oracle.Oracle.Sale;
import io.influtrace.worker.oracle.Oracle.Share;
import io.influtrace.worker.oracle.Oracle.Touch;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Decides one order the long way round: every question is asked of every touch, in plain loops. */
final class Verdicts {

    private static final List<String> RANKS = List.of(
            "self_referral",
            "coupon_integration_disabled",
            "coupon_outside_dates",
            "coupon_limit_reached",
            "coupon_below_minimum",
            "coupon_unknown",
            "link_integration_disabled",
            "link_window_elapsed",
            "touch_expired",
            "touch_superseded",
            "click_not_human",
            "creator_unknown",
            "creator_missing",
            "no_signal");

    private final Oracle oracle;
    private final List<String> misses = new ArrayList<>();
    private final List<Touch> refused = new ArrayList<>();

    Verdicts(Oracle oracle) {
        this.oracle = oracle;
    }

    /** Takes a report of an order in; a renewal waits until the order that it renews is known. */
    void settle(Node report, long received, long at, List<String> tokens) {
        String identity = oracle.identity(report, "id");
        Optional<String> first = report.text("renews").map(id -> identity.replaceFirst("/.*", "/" + id));
        if (first.isPresent()) {
            boolean news = oracle.renewals
                    .computeIfAbsent(first.get(), none -> new LinkedHashSet<>())
                    .add(identity);
            if (!oracle.sales.containsKey(first.get())) {
                if (news) {
                    oracle.waiting
                            .computeIfAbsent(first.get(), none -> new ArrayList<>())
                            .add(() -> new Verdicts(oracle).settle(report, received, at, tokens));
                }
                return;
            }
        }
        Optional<Sale> renewed = first.map(oracle.sales::get).filter(sale -> !sale.shares.isEmpty());
        take(report, received, at, tokens, renewed);
        List<Runnable> released = oracle.waiting.remove(identity);
        if (released != null) {
            released.forEach(Runnable::run);
        }
    }

    private void take(Node report, long received, long at, List<String> tokens, Optional<Sale> renewed) {
        String identity = oracle.identity(report, "id");
        String integration = report.text("integration").orElse("shop");
        String status = oracle.world
                .thing("integrations", integration, received)
                .flatMap(store -> store.text("status"))
                .orElse("connected");
        Sale known = oracle.sales.get(identity);
        if (known != null && known.verdict.equals("ignored")) {
            known = null;
        }
        if (!status.equals("connected")) {
            if (known == null && !oracle.sales.containsKey(identity)) {
                Sale ignored = sale(report, integration, at);
                ignored.verdict = "ignored";
                ignored.reason = "integration_" + status;
                oracle.sales.put(identity, ignored);
            }
            return;
        }
        boolean trusted = report.text("source").orElse("pixel").equals("trusted");
        if (known != null) {
            again(known, report, tokens, trusted, at, renewed);
            return;
        }
        Sale sale = sale(report, integration, at);
        sale.statedAt = trusted ? at : Long.MIN_VALUE;
        sale.codes.addAll(codes(report));
        sale.tokens.addAll(tokens);
        sale.reporters.add(integration);
        weigh(sale);
        oracle.sales.put(identity, sale);
        renewed.ifPresentOrElse(first -> renew(sale, first), () -> decide(sale));
        oracle.applyEarlyRefunds(sale);
    }

    private void again(Sale sale, Node report, List<String> tokens, boolean trusted, long at, Optional<Sale> renewed) {
        boolean unattributed = sale.verdict.equals("unattributed");
        boolean news = false;
        if (unattributed) {
            for (String code : codes(report)) {
                news |= !sale.codes.contains(code) && sale.codes.add(code);
            }
            for (String token : tokens) {
                news |= !sale.tokens.contains(token) && sale.tokens.add(token);
            }
            news |= sale.reporters.add(report.text("integration").orElse("shop"));
            weigh(sale);
        }
        if (unattributed && sale.customer.isEmpty()) {
            sale.customer = report.text("customer").map(Verdicts::email).orElse("");
            news |= !sale.customer.isEmpty();
        }
        boolean amends = trusted && at >= sale.statedAt;
        if (amends) {
            sale.statedAt = at;
            state(sale, report);
        }
        if (unattributed && renewed.isPresent()) {
            renew(sale, renewed.get());
        } else if (news) {
            decide(sale);
        } else if (amends) {
            new Amounts(oracle).rebook(sale);
        }
    }

    /** Who earned the first order earns the renewal, by the same shares; whatever else it carries is not looked at. */
    private void renew(Sale sale, Sale first) {
        sale.verdict = "credited";
        sale.signal = first.signal;
        sale.renewal = true;
        oracle.couponEvents.keySet().removeIf(name -> name.matches("coupon:" + sale.id + "(/.*)?"));
        first.shares.forEach(share -> sale.shares.add(share(share.creator, share.campaign, share.weight)));
        new Amounts(oracle).rebook(sale);
        lookAgain(sale);
    }

    /** Renewals that nobody earned wanted nothing but this. */
    private void lookAgain(Sale sale) {
        oracle.renewals.getOrDefault(sale.identity, Set.of()).forEach(identity -> {
            Sale renewal = oracle.sales.get(identity);
            if (renewal != null && renewal.verdict.equals("unattributed")) {
                renew(renewal, sale);
            }
        });
    }

    /** Touches that a browser names together without an order. */
    void meet(List<String> tokens, long at) {
        List<Touch> known =
                new ArrayList<>(folded(tokens).stream().filter(Verdicts::counts).toList());
        if (!known.isEmpty()) {
            String model = model(known.get(known.size() - 1), at);
            giveWay(known, model, touch -> stores(touch, at), (touch, reason) -> touch.note(reason, at));
        }
    }

    private Sale sale(Node report, String integration, long at) {
        Sale sale = new Sale();
        sale.id = report.need("id");
        sale.identity = oracle.identity(report, "id");
        sale.integration = integration;
        sale.survey = oracle.surveys.getOrDefault(sale.identity, "");
        sale.at = at;
        state(sale, report);
        sale.customer = report.text("customer").map(Verdicts::email).orElse("");
        return sale;
    }

    private static void state(Sale sale, Node report) {
        sale.currency = report.text("currency").orElse("USD");
        sale.value = Amounts.minor(report.need("value"), sale.currency);
        sale.tax =
                report.text("tax").map(tax -> Amounts.minor(tax, sale.currency)).orElse(0L);
        sale.shipping = report.text("shipping")
                .map(shipping -> Amounts.minor(shipping, sale.currency))
                .orElse(0L);
    }

    private static List<String> codes(Node report) {
        return report.list("coupon").stream()
                .map(code ->
                        Normalizer.normalize(code.strip(), Normalizer.Form.NFKC).toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    static String email(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.replaceAll("\\+.*@", "@");
    }

    private boolean buyer(Sale sale, String creator) {
        return !sale.customer.isEmpty()
                && oracle.world
                        .thing("creators", creator, sale.at)
                        .flatMap(found -> found.text("email"))
                        .map(Verdicts::email)
                        .equals(Optional.of(sale.customer));
    }

    private void decide(Sale sale) {
        misses.clear();
        refused.clear();
        List<Touch> all = folded(sale.tokens);
        List<String> usable = usable(sale);
        List<Touch> eligible = new ArrayList<>();
        List<Touch> own = new ArrayList<>();
        for (Touch touch : all) {
            String miss = miss(sale, touch);
            if (miss.isEmpty()) {
                eligible.add(touch);
            } else if (!miss.equals("after")) {
                misses.add(miss);
            }
            if (miss.equals("self_referral")) {
                own.add(touch);
            }
        }
        sale.verdict = usable.isEmpty() && pick(sale, eligible).isEmpty() ? "unattributed" : "credited";
        if (sale.verdict.equals("unattributed")) {
            sale.reason =
                    misses.stream().min(Comparator.comparingInt(RANKS::indexOf)).orElse("no_signal");
            own.forEach(touch -> touch.become("duplicate", "self_referral"));
            supersede(sale, all, List.of(), false);
            return;
        }
        credit(sale, usable, eligible);
        own.forEach(touch -> touch.become("duplicate", "self_referral"));
        supersede(sale, all, eligible, true);
        new Amounts(oracle).rebook(sale);
        lookAgain(sale);
    }

    private static boolean counts(Touch touch) {
        return touch.registered && List.of("human", "repeat").contains(touch.clickClass);
    }

    /** Distinct touches, oldest first, without repeats; counters are put right on the way. */
    private List<Touch> folded(List<String> tokens) {
        List<Touch> sorted = new ArrayList<>();
        for (String token : new TreeSet<>(tokens)) {
            oracle.touch(token).ifPresent(sorted::add);
        }
        sorted.sort(Comparator.<Touch>comparingLong(touch -> touch.at).thenComparingInt(touch -> touch.order));
        List<Touch> firsts = new ArrayList<>();
        for (Touch touch : sorted) {
            List<String> people = List.of("human", "prefetch", "repeat");
            boolean repeats = people.contains(touch.clickClass)
                    && firsts.stream()
                            .anyMatch(first -> people.contains(first.clickClass)
                                    && first.link.equals(touch.link)
                                    && first.creator.equals(touch.creator)
                                    && touch.at - first.at <= 60_000);
            if (!repeats) {
                firsts.add(touch);
            } else if (touch.clickClass.equals("human") && touch.status.equals("pending")) {
                oracle.count(touch.creator, "human", -1);
                oracle.count(touch.creator, "repeat", 1);
                touch.clickClass = "repeat";
            }
        }
        for (Touch touch : firsts) {
            if (touch.clickClass.equals("prefetch")) {
                oracle.count(touch.creator, "prefetch", -1);
                oracle.count(touch.creator, "human", 1);
                touch.clickClass = "human";
            }
        }
        return firsts;
    }

    private String miss(Sale sale, Touch touch) {
        if (touch.at > sale.at) {
            return "after";
        }
        if (touch.creator.isEmpty()) {
            return "creator_missing";
        }
        if (!touch.registered) {
            return "creator_unknown";
        }
        if (!touch.clickClass.equals("human") && !touch.clickClass.equals("repeat")) {
            return "click_not_human";
        }
        if (sale.at - touch.at > touch.windowDays * Oracle.DAY) {
            return "link_window_elapsed";
        }
        if (Collections.disjoint(stores(touch, sale.at), sale.reporters)) {
            return "link_integration_disabled";
        }
        return buyer(sale, touch.creator) ? "self_referral" : "";
    }

    private Set<String> stores(Touch touch, long at) {
        return World.stores(oracle.world.thing("links", touch.link, at));
    }

    /** Whoever of one store's integrations reports, the order is the store's. */
    private Set<String> stores(Touch touch, Sale sale) {
        Set<String> stores = stores(touch, sale.at);
        if (!Collections.disjoint(stores, sale.reporters)) {
            stores.add(sale.integration);
        }
        return stores;
    }

    private List<String> usable(Sale sale) {
        List<String> usable = new ArrayList<>();
        for (String code : sale.codes) {
            Optional<Node> coupon = oracle.world.thing("coupons", code, sale.at);
            if (coupon.isEmpty() || !World.active(coupon.get(), sale.at)) {
                misses.add(oracle.world.ever("coupons", code) ? "coupon_outside_dates" : "coupon_unknown");
            } else if (Collections.disjoint(World.stores(coupon), sale.reporters)) {
                misses.add("coupon_integration_disabled");
            } else if (buyer(sale, coupon.get().need("creator"))) {
                misses.add("self_referral");
                couponEvent(sale, code, "/" + code, "duplicate", "self_referral");
            } else if (sale.below.contains(code)) {
                misses.add("coupon_below_minimum");
            } else if (sale.exhausted.contains(code)) {
                misses.add("coupon_limit_reached");
            } else {
                usable.add(code);
            }
        }
        while (!usable.isEmpty() && !admitted(sale, usable.get(0))) {
            misses.add("coupon_limit_reached");
            sale.exhausted.add(usable.remove(0));
        }
        return usable;
    }

    /** Whether the code that would win may still be used; it then counts as used, whatever becomes of the order. */
    private boolean admitted(Sale sale, String code) {
        Node coupon = oracle.world.thing("coupons", code, sale.at).orElseThrow();
        boolean once = coupon.text("oncePerCustomer").orElse("false").equals("true");
        String order = sale.identity;
        Set<String> uses = oracle.uses.computeIfAbsent(code, first -> new TreeSet<>());
        if (uses.contains(order) || (!once && !coupon.has("usageLimit"))) {
            return true;
        }
        boolean used = once
                && oracle.uses
                                .getOrDefault(code + " " + sale.customer, Set.of())
                                .size()
                        > 0;
        boolean full = coupon.has("usageLimit") && uses.size() >= Integer.parseInt(coupon.need("usageLimit"));
        if (full || used) {
            return false;
        }
        if (once && !sale.customer.isEmpty()) {
            oracle.uses
                    .computeIfAbsent(code + " " + sale.customer, first -> new TreeSet<>())
                    .add(order);
        }
        uses.add(order);
        return true;
    }

    /** Which codes the order is too small for, by what it was worth when each was first told where it is enabled. */
    private void weigh(Sale sale) {
        for (String code : sale.codes) {
            Optional<Node> coupon = oracle.world.thing("coupons", code, sale.at);
            if (Collections.disjoint(World.stores(coupon), sale.reporters) || !sale.weighed.add(code)) {
                continue;
            }
            boolean below = sale.currency.equals("USD")
                    && coupon.flatMap(found -> found.text("minimumValue"))
                            .filter(least -> sale.value < Amounts.minor(least, "USD"))
                            .isPresent();
            if (below) {
                sale.below.add(code);
            }
        }
    }

    private void couponEvent(Sale sale, String code, String suffix, String status, String reason) {
        Touch event = new Touch();
        event.status = status;
        event.reason = reason;
        event.creator = creatorOf(sale, code);
        oracle.couponEvents.put("coupon:" + sale.id + suffix, event);
    }

    private String creatorOf(Sale sale, String code) {
        return oracle.world.thing("coupons", code, sale.at).orElseThrow().need("creator");
    }

    private String model(Touch touch, long at) {
        return oracle.world
                .thing("campaigns", touch.campaign, at)
                .orElseThrow()
                .text("model")
                .orElse("last_click");
    }

    private boolean free(Touch touch) {
        return touch.status.equals("pending") || touch.status.equals("converted");
    }

    /** The winners of the link signal, refusing one by one those whose event is already gone. */
    private List<Touch> pick(Sale sale, List<Touch> eligible) {
        List<Touch> open = new ArrayList<>(eligible);
        while (!open.isEmpty()) {
            List<Touch> winners = winners(sale, open);
            Optional<Touch> gone =
                    winners.stream().filter(touch -> !free(touch)).findFirst();
            if (gone.isEmpty()) {
                return winners;
            }
            open.remove(gone.get());
            refused.add(gone.get());
            misses.add(gone.get().status.equals("expired") ? "touch_expired" : "touch_superseded");
        }
        return List.of();
    }

    private List<Touch> winners(Sale sale, List<Touch> open) {
        Touch latest = open.get(open.size() - 1);
        return switch (model(latest, sale.at)) {
            case "last_click" -> List.of(latest);
            case "first_click" -> List.of(open.get(0));
            default -> List.copyOf(open);
        };
    }

    private void credit(Sale sale, List<String> usable, List<Touch> eligible) {
        sale.assists.clear();
        TreeSet<String> others = new TreeSet<>();
        eligible.forEach(touch -> others.add(touch.creator));
        usable.forEach(code -> others.add(creatorOf(sale, code)));
        if (usable.isEmpty()) {
            byLink(sale, eligible);
        } else {
            byCode(sale, usable, eligible);
        }
        sale.shares.forEach(share -> others.remove(share.creator));
        sale.assists.addAll(others);
    }

    private void byLink(Sale sale, List<Touch> eligible) {
        sale.signal = "link";
        List<Touch> winners = pick(sale, eligible);
        String model = model(winners.get(winners.size() - 1), sale.at);
        for (int i = 0; i < winners.size(); i++) {
            Touch touch = winners.get(i);
            sale.shares.add(share(touch.creator, touch.campaign, weight(model, sale, winners, i)));
            touch.become("converted", "converted");
        }
    }

    private void byCode(Sale sale, List<String> usable, List<Touch> eligible) {
        sale.signal = "coupon";
        String code = usable.get(0);
        String creator = creatorOf(sale, code);
        String link = oracle.world.thing("coupons", code, sale.at).orElseThrow().need("link");
        String campaign =
                oracle.world.thing("links", link, sale.at).orElseThrow().need("campaign");
        sale.shares.add(share(creator, campaign, BigDecimal.ONE));
        String model = oracle.world
                .thing("campaigns", campaign, sale.at)
                .orElseThrow()
                .text("model")
                .orElse("last_click");
        List<Touch> mine = new ArrayList<>(
                eligible.stream().filter(touch -> touch.creator.equals(creator)).toList());
        if (!model.equals("first_click")) {
            Collections.reverse(mine);
        }
        while (!mine.isEmpty() && !free(mine.get(0))) {
            refused.add(mine.remove(0));
        }
        if (mine.isEmpty()) {
            couponEvent(sale, code, "", "converted", "converted");
        } else {
            mine.get(0).become("converted", "converted");
        }
        usable.stream().skip(1).forEach(other -> couponEvent(sale, other, "/" + other, "duplicate", "second_coupon"));
        eligible.stream()
                .filter(touch -> !touch.creator.equals(creator))
                .forEach(touch -> touch.become("duplicate", "superseded_by_coupon"));
    }

    private static Share share(String creator, String campaign, BigDecimal weight) {
        Share share = new Share();
        share.creator = creator;
        share.campaign = campaign;
        share.weight = weight;
        return share;
    }

    private static BigDecimal weight(String model, Sale sale, List<Touch> winners, int index) {
        int count = winners.size();
        return switch (model) {
            case "time_decay" ->
                new BigDecimal(StrictMath.pow(2, -(sale.at - winners.get(index).at) / (7.0 * Oracle.DAY)));
            case "position_based" ->
                count <= 2
                        ? BigDecimal.ONE
                        : BigDecimal.valueOf(index == 0 || index == count - 1 ? 2L * (count - 2) : 1);
            default -> BigDecimal.ONE;
        };
    }

    /** Everybody else's events after a credited order, or what is noted of them after one that nobody earned. */
    private void supersede(Sale sale, List<Touch> all, List<Touch> eligible, boolean settled) {
        List<Touch> known = new ArrayList<>(all.stream()
                .filter(Verdicts::counts)
                .filter(touch -> touch.at <= sale.at)
                .toList());
        List<Touch> earning = new ArrayList<>(eligible);
        earning.removeAll(refused);
        List<Touch> asked = earning.isEmpty() ? known : earning;
        if (asked.isEmpty()) {
            return;
        }
        String model = model(asked.get(asked.size() - 1), sale.at);
        known.removeIf(touch -> buyer(sale, touch.creator));
        giveWay(
                known,
                model,
                touch -> stores(touch, sale),
                settled
                        ? (touch, reason) -> touch.become("duplicate", reason)
                        : (touch, reason) -> touch.note(reason, sale.at));
    }

    /** Tells of each touch, oldest first, that another took its place. */
    private static void giveWay(
            List<Touch> known, String model, Function<Touch, Set<String>> stores, BiConsumer<Touch, String> told) {
        List<Touch> holding = new ArrayList<>();
        for (Touch touch : known) {
            List<Touch> rivals =
                    model.equals("last_click") ? known.subList(known.indexOf(touch) + 1, known.size()) : holding;
            boolean givesWay = (model.equals("last_click") || model.equals("first_click"))
                    && rivals.stream()
                            .anyMatch(rival -> !Collections.disjoint(stores.apply(touch), stores.apply(rival))
                                    && (model.equals("last_click")
                                            ? rival.at - touch.at <= touch.windowDays * Oracle.DAY
                                            : touch.at - rival.at <= rival.windowDays * Oracle.DAY));
            if (givesWay) {
                told.accept(
                        touch,
                        model.equals("last_click") ? "superseded_by_newer_referral" : "superseded_by_first_click");
            } else {
                holding.add(touch);
            }
        }
    }
}
