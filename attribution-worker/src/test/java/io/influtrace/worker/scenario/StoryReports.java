package io.influtrace.worker.scenario;

import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.Source;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Timeline;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns a story's orders and refunds into the reports that the edge would have put into the streams. */
final class StoryReports {

    private static final long MAX_AGE = 7 * 86_400_000L;
    private static final long MAX_AHEAD = 300_000;

    private final Catalog catalog;
    private final StoryEdge edge;
    private final CustomerHash hashes;
    private final Map<OrderIdentity, String> currencies = new HashMap<>();
    private final Map<String, String> reporters = new HashMap<>();

    StoryReports(Catalog catalog, StoryEdge edge, CustomerHash hashes) {
        this.catalog = catalog;
        this.edge = edge;
        this.hashes = hashes;
    }

    /** The report of an order; empty where the edge would have refused its time. */
    Optional<OrderReport> order(long at, Node node) {
        node.knowing(
                "id",
                "integration",
                "source",
                "visitor",
                "tokens",
                "value",
                "currency",
                "coupon",
                "customer",
                "tax",
                "shipping",
                "happened");
        boolean trusted = node.text("source").orElse("pixel").equals("trusted");
        long stated = node.instant("happened").orElse(at);
        if (trusted && stated > at + MAX_AHEAD) {
            return Optional.empty();
        }
        Integration integration = integration(node);
        OrderIdentity identity = new OrderIdentity(integration.scope(), node.need("id"));
        Currency currency =
                Money.currency(node.text("currency").orElse("USD")).orElseThrow(() -> new StoryError("no currency"));
        currencies.put(identity, currency.getCurrencyCode());
        reporters.put(node.need("id"), integration.id());
        return Optional.of(new OrderReport(
                integration.id(),
                identity,
                trusted ? Source.API : Source.PIXEL,
                trusted ? stated : at - Math.max(0, Math.min(MAX_AGE, at - stated)),
                at,
                integration.status(),
                minor(node.need("value"), currency),
                currency.getCurrencyCode(),
                amount(node, "tax", currency),
                amount(node, "shipping", currency),
                OptionalLong.empty(),
                node.list("coupon").stream()
                        .flatMap(code -> CouponCode.of(code).stream())
                        .toList(),
                tokens(node),
                Optional.empty(),
                node.text("customer").flatMap(hashes::hash),
                Optional.empty(),
                List.of()));
    }

    Report refund(long at, Node node) {
        node.knowing("id", "order", "integration", "value");
        OrderIdentity identity = new OrderIdentity(integration(node).scope(), node.need("order"));
        Currency currency =
                Money.currency(currencies.getOrDefault(identity, "USD")).orElseThrow();
        return new RefundReport(
                integration(node).id(),
                identity,
                Source.API,
                node.need("id"),
                at,
                at,
                amount(node, "value", currency),
                "",
                false);
    }

    Report cancel(long at, Node node) {
        node.knowing("order", "integration");
        OrderIdentity identity = new OrderIdentity(integration(node).scope(), node.need("order"));
        return new RefundReport(
                integration(node).id(), identity, Source.API, "cancel", at, at, OptionalLong.empty(), "", true);
    }

    /** The integration that reported an order of that id. */
    String reporter(String orderId) {
        return reporters.getOrDefault(orderId, "shop");
    }

    /** The identity behind a story's name of an order: {@code id} or {@code integration/id}. */
    OrderIdentity identity(String name) {
        int slash = name.indexOf('/');
        String prefix = slash < 0 ? "" : name.substring(0, slash);
        Optional<Integration> named = catalog.integration(prefix).map(Timeline::now);
        return named.map(integration -> new OrderIdentity(integration.scope(), name.substring(slash + 1)))
                .orElseGet(() -> new OrderIdentity(
                        catalog.integration(reporter(name)).orElseThrow().now().scope(), name));
    }

    private List<String> tokens(Node node) {
        if (node.has("tokens")) {
            return edge.tokens(node.list("tokens"));
        }
        return node.text("visitor").map(edge::keptBy).orElse(List.of());
    }

    private Integration integration(Node node) {
        String id = node.text("integration").orElse("shop");
        return catalog.integration(id).map(Timeline::now).orElseThrow(() -> new StoryError("no integration " + id));
    }

    private static OptionalLong amount(Node node, String name, Currency currency) {
        return node.text(name)
                .map(text -> OptionalLong.of(minor(text, currency)))
                .orElse(OptionalLong.empty());
    }

    private static long minor(String text, Currency currency) {
        return Money.minor(new BigDecimal(text), currency);
    }
}
