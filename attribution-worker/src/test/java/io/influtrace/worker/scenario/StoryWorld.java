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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What a story configures, written into the real catalog; the world stands since 2020. */
final class StoryWorld {

    private static final Map<String, Object> RETIRED = Map.of("retired", "true");
    private static final long SINCE = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

    private final CatalogStore store;
    private final CustomerHash hashes;
    private Map<String, Object> world;

    StoryWorld(CatalogStore store, CustomerHash hashes, Node overrides) {
        this.store = store;
        this.hashes = hashes;
        this.world = Node.merged(StandardWorld.fields(), overrides.fields());
        this.world.replaceAll((kind, things) -> present(kind, things));
        write(SINCE, Node.of("world", world));
    }

    /** The things of a kind that are not overridden with nothing. */
    private static Object present(String kind, Object things) {
        Map<String, Object> present = new LinkedHashMap<>(Node.of(kind, things).fields());
        present.values().removeIf(Objects::isNull);
        return present;
    }

    /** What an admin edits at an instant; a thing that is changed into nothing is retired. */
    void change(long at, Node changes) {
        changes.knowing("creators", "campaigns", "integrations", "links", "coupons");
        Map<String, Object> edited = new LinkedHashMap<>();
        for (String kind : changes.names()) {
            Map<String, Object> things = new LinkedHashMap<>(changes.map(kind).fields());
            things.replaceAll((name, thing) -> thing == null ? RETIRED : thing);
            edited.put(kind, things);
        }
        world = Node.merged(world, edited);
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
        node.knowing("handle", "email", "name", "retired");
        return new Creator(
                handle(handle),
                0,
                node.text("name").orElse(handle),
                node.text("email").flatMap(hashes::hash),
                node.flag("retired"));
    }

    private static String handle(String spelling) {
        return spelling.toLowerCase(Locale.ROOT);
    }

    private static Campaign campaign(String id, Node node) {
        node.knowing(
                "id",
                "name",
                "model",
                "windowDays",
                "holdDays",
                "commission",
                "overrides",
                "utm",
                "archived",
                "status");
        String status = node.text("status").orElse("active");
        Map<String, Commission> overrides = new LinkedHashMap<>();
        Node others = node.map("overrides");
        others.names().forEach(handle -> overrides.put(handle(handle), commission(others.map(handle))));
        return new Campaign(
                id,
                node.text("name").orElse(id),
                Model.ofWord(node.text("model").orElse("last_click")),
                Integer.parseInt(node.text("windowDays").orElse("30")),
                Integer.parseInt(node.text("holdDays").orElse("30")),
                commission(node.has("commission") ? node.map("commission") : StandardWorld.commission()),
                overrides,
                Map.of(),
                node.flag("archived") || status.equals("archived"));
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
        node.knowing("id", "type", "origin", "name", "store", "consent", "status");
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
                "slug",
                "campaign",
                "destination",
                "utm",
                "passQuery",
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
                node.text("creator").map(StoryWorld::handle),
                Map.of(),
                PassQuery.FILL,
                instant(node, "activeFrom"),
                end(node),
                node.text("fallbackUrl"),
                node.flag("retired"));
    }

    private static Coupon coupon(String name, Node node) {
        node.knowing(
                "id",
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
        return new Coupon(
                name,
                CouponCode.of(node.text("code").orElse(name)).orElseThrow(),
                handle(node.need("creator")),
                node.text("link").orElse("spring"),
                node.list("integrations"),
                instant(node, "activeFrom"),
                end(node),
                node.text("usageLimit")
                        .map(Long::parseLong)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                node.flag("oncePerCustomer"),
                minimum(node),
                node.flag("retired"));
    }

    /** An amount, of dollars or of the coupon's {@code currency}; or an object with both. */
    private static Optional<Coupon.Minimum> minimum(Node node) {
        if (!node.has("minimumValue")) {
            return Optional.empty();
        }
        boolean object = node.fields().get("minimumValue") instanceof Map;
        Node amount = object ? node.map("minimumValue").knowing("value", "currency") : node;
        String currency = amount.text("currency").orElse("USD");
        BigDecimal value = amount.number(object ? "value" : "minimumValue").orElseThrow();
        return Optional.of(
                new Coupon.Minimum(Money.minor(value, Money.currency(currency).orElseThrow()), currency));
    }

    private static OptionalLong instant(Node node, String name) {
        return node.instant(name).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static OptionalLong end(Node node) {
        return node.end("activeUntil").map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
