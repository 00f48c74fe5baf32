package io.influtrace.worker.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Source;
import io.influtrace.worker.redis.Redis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A short backlog that leads its worker through every kind of step that there is. */
final class AllSteps {

    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;

    private AllSteps() {}

    static Backlog written(Redis redis) throws Exception {
        Map<String, Object> world = Map.of(
                "creators", Map.of("ava", Map.of("email", "ava@mail.example")),
                "campaigns",
                        Map.of(
                                "shared", campaign("linear", "10", List.of()),
                                "tiered", campaign("first_click", "10", List.of(Map.of("from", 2, "value", "20")))),
                "links",
                        Map.of(
                                "many", link("shared"),
                                "steps", link("tiered")),
                "integrations",
                        Map.of(
                                "fresh",
                                Map.of("type", "custom", "origin", "https://fresh.example.com", "status", "pending")),
                "coupons", Map.of("ONCE", coupon("usageLimit", 1), "EACH", coupon("oncePerCustomer", true)));
        Backlog backlog = Backlog.on(redis, 3, "2026-03-01T10:00:00Z", world);
        clicks(backlog);
        orders(backlog);
        furtherReports(backlog);
        strangers(backlog);
        backlog.pass(70 * DAY);
        return backlog;
    }

    private static void clicks(Backlog backlog) throws Exception {
        click(backlog, "v1", "spring", "ava", "human");
        click(backlog, "v1", "summer", "ben", "human");
        click(backlog, "v1", "summer", "ben", "human");
        click(backlog, "v2", "many", "ava", "human");
        click(backlog, "v2", "many", "ben", "human");
        click(backlog, "v3", "steps", "cleo", "human");
        click(backlog, "v4", "spring", "dan", "prefetch");
        click(backlog, "v5", "spring", "ava", "human");
        click(backlog, "v6", "spring", "ben", "human");
        backlog.pass(40 * DAY);
        click(backlog, "v6", "spring", "ava", "human");
        click(backlog, "v1", "summer", "dan", "human");
        backlog.pass(MINUTE);
        click(backlog, "v1", "summer", "cleo", "human");
        click(backlog, "v2", "many", "cleo", "human");
        click(backlog, "v2", "many", "ava", "human");
        click(backlog, "v3", "steps", "cleo", "human");
        backlog.pass(MINUTE);
        click(backlog, "v4", "spring", "dan", "prefetch");
        click(backlog, "v5", "spring", "ava", "human");
    }

    private static void orders(Backlog backlog) throws Exception {
        backlog.ping("v4");
        backlog.refund(Map.of("id", "R-0", "order", "O-1", "value", "5.00"));
        order(backlog, "O-1", "visitor", "v1");
        order(backlog, "O-2", "visitor", "v2", "tax", "1.00");
        order(backlog, "O-3", "visitor", "v3");
        order(backlog, "O-4", "visitor", "v3");
        order(backlog, "O-5", "visitor", "v4");
        order(backlog, "O-6", "coupon", "ONCE");
        order(backlog, "O-7", "visitor", "v1", "coupon", List.of("ONCE", "AVA10"));
        order(backlog, "O-8", "coupon", "EACH", "customer", "someone@mail.example");
        order(backlog, "O-9", "coupon", "EACH", "customer", "someone@mail.example");
        order(backlog, "O-10", "visitor", "v5", "customer", "ava@mail.example");
    }

    private static void furtherReports(Backlog backlog) throws Exception {
        order(backlog, "O-11");
        order(backlog, "O-11", "visitor", "v6");
        backlog.pass(MINUTE);
        order(backlog, "O-2", "source", "trusted", "value", "150.00");
        order(backlog, "O-2");
        order(backlog, "F-1", "integration", "fresh");
        backlog.change(Map.of("integrations", Map.of("fresh", Map.of("status", "connected"))));
        backlog.pass(MINUTE);
        order(backlog, "F-1", "integration", "fresh", "coupon", "AVA10");
        backlog.refund(Map.of("id", "R-1", "order", "O-2", "value", "20.00"));
        backlog.refund(Map.of("id", "R-1", "order", "O-2", "value", "20.00"));
        backlog.survey("O-3", "ben");
        backlog.survey("O-3", "nobody");
        backlog.pass(45 * DAY);
        backlog.refund(Map.of("id", "R-2", "order", "O-1", "value", "500.00"));
    }

    /** What no try will ever settle. */
    private static void strangers(Backlog backlog) throws Exception {
        backlog.add(
                new RefundReport(
                        "shop",
                        new OrderIdentity("shop", "O-3"),
                        Source.API,
                        "R-3",
                        1,
                        1,
                        OptionalLong.of(5),
                        "JPY",
                        false),
                "shop/O-3");
        backlog.add(Map.of("v", "9".getBytes(UTF_8), "k", "order".getBytes(UTF_8)), "shop/O-3");
    }

    private static void click(Backlog backlog, String visitor, String link, String creator, String kind)
            throws Exception {
        backlog.pass(1_000);
        backlog.click(Map.of(
                "visitor", visitor, "link", link, "creator", creator, "class", kind, "as", "c" + backlog.clicks()));
    }

    private static void order(Backlog backlog, String id, Object... more) throws Exception {
        Map<String, Object> order = new LinkedHashMap<>(Map.of("id", id, "value", "99.99"));
        for (int i = 0; i < more.length; i += 2) {
            order.put((String) more[i], more[i + 1]);
        }
        backlog.pass(1_000);
        backlog.order(order);
    }

    private static Map<String, Object> campaign(String model, String percent, List<Object> tiers) {
        Map<String, Object> commission = Map.of("type", "percent", "value", percent, "tiers", tiers);
        return Map.of("model", model, "windowDays", 30, "holdDays", 10, "commission", commission);
    }

    private static Map<String, Object> link(String campaign) {
        return Map.of("campaign", campaign, "integrations", List.of("shop"));
    }

    private static Map<String, Object> coupon(String limit, Object value) {
        return Map.of("creator", "ben", "link", "spring", "integrations", List.of("shop"), limit, value);
    }
}
