package io.influtrace.worker.scenario;

import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Link;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a story configures, written into the real catalog; the world stands since 2020. */
final class StoryWorld {

    private static final long SINCE = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

    private final CatalogStore store;
    private final CustomerHash hashes;
    private Map<String, Object> world;

    StoryWorld(CatalogStore store, CustomerHash hashes, Node overrides) {
        this.store = store;
        this.hashes = hashes;
        this.world = Node.merged(StandardWorld.fields(), overrides.fields());
        write(SINCE, Node.of("world", world));
    }

    /** What an admin edits at an instant. */
    void change(long at, Node changes) {
        changes.knowing("creators", "campaigns", "integrations", "links", "coupons");
        world = Node.merged(world, changes.fields());
        Map<String, Object> touched = new LinkedHashMap<>();
        for (String kind : changes.names()) {
            Map<String, Object> things = new LinkedHashMap<>();
            Node whole = Node.of("world", world).map(kind);
            changes.map(kind)
                    .names()
                    .forEach(name -> things.put(name, whole.fields().getOrDefault(name, Map.of())));
            touched.put(kind, things);
        }
        write(at, Node.of("change", touched));
    }

    private void write(long from, Node things) {
        things.knowing("creators", "campaigns", "integrations", "links", "coupons");
        store.editFrom(from, draft -> {
            each(things, "creators", (name, node) -> draft.put(creator(name, node)));
            each(things, "campaigns", (name, node) -> draft.put(campaign(name, node)));
            each(things, "integrations", (name, node) -> draft.put(integration(name, node)));
            return draft;
        });
        store.editFrom(from, draft -> {
            each(things, "links", (name, node) -> draft.put(link(name, node)));
            return draft;
        });
        store.editFrom(from, draft -> {
            each(things, "coupons", (name, node) -> draft.put(coupon(name, node)));
            return draft;
        });
    }

    private interface Put {
        void put(String name, Node node);
    }

    private static void each(Node things, String kind, Put put) {
        Node of = things.map(kind);
        of.names().forEach(name -> put.put(name, of.map(name)));
    }

    private Creator creator(String handle, Node node) {
        node.knowing("email", "name", "retired");
        return new Creator(
                handle.toLowerCase(Locale.ROOT),
                0,
                node.text("name").orElse(handle),
                node.text("email").flatMap(hashes::hash),
                node.text("retired").equals(Optional.of("true")));
    }

    private static Campaign campaign(String id, Node node) {
        node.knowing("name", "model", "windowDays", "holdDays", "commission", "overrides", "utm", "archived");
        Map<String, Commission> overrides = new LinkedHashMap<>();
        Node others = node.map("overrides");
        others.names().forEach(handle -> overrides.put(handle, commission(others.map(handle))));
        return new Campaign(
                id,
                node.text("name").orElse(id),
                Model.ofWord(node.text("model").orElse("last_click")),
                Integer.parseInt(node.text("windowDays").orElse("30")),
                Integer.parseInt(node.text("holdDays").orElse("30")),
                commission(node.has("commission") ? node.map("commission") : StandardWorld.commission()),
                overrides,
                Map.of(),
                node.text("archived").equals(Optional.of("true")));
    }

    private static Commission commission(Node node) {
        node.knowing("type", "value", "currency", "tiers");
        BigDecimal value = new BigDecimal(node.need("value"));
        if (node.need("type").equals("fixed")) {
            String currency = node.text("currency").orElse("USD");
            return new Commission.Fixed(
                    Money.minor(value, Money.currency(currency).orElseThrow()), currency);
        }
        List<Commission.Tier> tiers = new ArrayList<>();
        node.nodes("tiers")
                .forEach(tier -> tiers.add(new Commission.Tier(
                        Long.parseLong(tier.knowing("from", "value").need("from")),
                        new BigDecimal(tier.need("value")))));
        return new Commission.Percent(value, tiers);
    }

    private static Integration integration(String id, Node node) {
        node.knowing("type", "origin", "name", "store", "consent", "status");
        return new Integration(
                id,
                node.text("type").orElse("custom"),
                node.text("name").orElse(id),
                node.text("origin"),
                node.text("store"),
                node.text("consent").orElse("full"),
                node.text("status").orElse("connected"),
                Optional.empty());
    }

    private static Link link(String slug, Node node) {
        node.knowing(
                "campaign",
                "destination",
                "integrations",
                "creator",
                "activeFrom",
                "activeUntil",
                "fallbackUrl",
                "retired");
        return new Link(
                slug,
                0,
                node.text("campaign").orElse("main"),
                node.text("destination").orElse("https://shop.example.com/"),
                node.list("integrations"),
                node.text("creator"),
                Map.of(),
                PassQuery.FILL,
                instant(node, "activeFrom"),
                instant(node, "activeUntil"),
                node.text("fallbackUrl"),
                node.text("retired").equals(Optional.of("true")));
    }

    private static Coupon coupon(String name, Node node) {
        node.knowing(
                "code",
                "creator",
                "link",
                "integrations",
                "activeFrom",
                "activeUntil",
                "usageLimit",
                "oncePerCustomer",
                "minimumValue",
                "currency",
                "retired");
        String currency = node.text("currency").orElse("USD");
        return new Coupon(
                name,
                CouponCode.of(node.text("code").orElse(name)).orElseThrow(),
                node.need("creator"),
                node.text("link").orElse("spring"),
                node.list("integrations"),
                instant(node, "activeFrom"),
                instant(node, "activeUntil"),
                node.text("usageLimit")
                        .map(Long::parseLong)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                node.text("oncePerCustomer").equals(Optional.of("true")),
                node.number("minimumValue")
                        .map(value -> new Coupon.Minimum(
                                Money.minor(value, Money.currency(currency).orElseThrow()), currency)),
                node.text("retired").equals(Optional.of("true")));
    }

    private static OptionalLong instant(Node node, String name) {
        return node.instant(name).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
