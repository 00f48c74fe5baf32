package io.influtrace.worker.scenario;

import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Integration;
import io.influtrace.worker.catalog.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Turns a story's orders and refunds into the reports that the edge would have put into the streams. */
final class StoryReports {

    private static final long MAX_AGE = 7 * 86_400_000L;
    private static final long MAX_AHEAD = 300_000;
    private static final String SHOP = "shop";
    private static final String DOLLARS = "USD";
    private static final String COUPON = "coupon:";

    private final Catalog catalog;
    private final StoryEdge edge;
    private final CustomerHash hashes;
    private final Map<OrderIdentity, Currency> currencies = new HashMap<>();
    private final Map<String, Set<String>> reporters = new HashMap<>();

    StoryReports(Catalog catalog, StoryEdge edge, CustomerHash hashes) {
        this.catalog = catalog;
        this.edge = edge;
        this.hashes = hashes;
    }

    /** Notes the currency of an order yet to come, since a refund may come before it and names none. */
    void foresee(Node node) {
        Money.currency(node.text("currency").orElse(DOLLARS))
                .ifPresent(currency -> currencies.putIfAbsent(
                        new OrderIdentity(integration(node).scope(), node.need("id")), currency));
    }

    /** The report of an order; empty where the edge would have refused its time or its amounts. */
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
                "happened",
                "renews");
        long stated = node.instant("happened").orElse(at);
        if (trusted(node) && stated > at + MAX_AHEAD) {
            return Optional.empty();
        }
        Integration integration = integration(node);
        OrderIdentity identity = new OrderIdentity(integration.scope(), node.need("id"));
        Optional<Currency> currency = Money.currency(node.text("currency").orElse(DOLLARS));
        reporters
                .computeIfAbsent(node.need("id"), first -> new LinkedHashSet<>())
                .add(integration.id());
        if (currency.isEmpty()) {
            return Optional.empty();
        }
        currencies.put(identity, currency.get());
        try {
            return Optional.of(report(at, node, integration, identity, currency.get()));
        } catch (Money.Refused refused) {
            return Optional.empty();
        }
    }

    private OrderReport report(long at, Node node, Integration integration, OrderIdentity identity, Currency currency) {
        boolean trusted = trusted(node);
        long stated = node.instant("happened").orElse(at);
        return new OrderReport(
                        integration.id(),
                        identity,
                        trusted ? Source.API : Source.PIXEL,
                        trusted ? stated : at - Math.max(0, Math.min(MAX_AGE, at - stated)),
                        at,
                        integration.status(),
                        amount(node, "value", currency).orElseThrow(() -> new StoryError(node + " lacks value")),
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
                        List.of())
                .renewing(node.text("renews"));
    }

    /** A visitor's kept tokens, or named ones, as the pixel tells them without an order. */
    PingReport ping(long at, Node node) {
        node.knowing("visitor", "tokens", "integration");
        return new PingReport(integration(node).id(), at, tokens(node));
    }

    /** What a shopper answered to the question who sent them. */
    SurveyReport survey(long at, Node node) {
        node.knowing("order", "creator", "integration");
        OrderIdentity identity = new OrderIdentity(integration(node).scope(), node.need("order"));
        return new SurveyReport(integration(node).id(), identity, at, node.text("creator"), Optional.empty());
    }

    private static boolean trusted(Node node) {
        String source = node.text("source").orElse("pixel");
        if (!source.equals("pixel") && !source.equals("trusted")) {
            throw new StoryError(node + " has no source " + source);
        }
        return source.equals("trusted");
    }

    /** The report of a refund; empty where the edge would have refused its amount. */
    Optional<RefundReport> refund(long at, Node node) {
        node.knowing("id", "order", "integration", "value");
        OrderIdentity identity = new OrderIdentity(integration(node).scope(), node.need("order"));
        Currency currency = currencies.getOrDefault(identity, Currency.getInstance(DOLLARS));
        try {
            return Optional.of(new RefundReport(
                    integration(node).id(),
                    identity,
                    Source.API,
                    node.need("id"),
                    at,
                    at,
                    amount(node, "value", currency),
                    "",
                    false));
        } catch (Money.Refused refused) {
            return Optional.empty();
        }
    }

    RefundReport cancel(long at, Node node) {
        node.knowing("order", "integration");
        OrderIdentity identity = new OrderIdentity(integration(node).scope(), node.need("order"));
        return new RefundReport(
                integration(node).id(), identity, Source.API, "cancel", at, at, OptionalLong.empty(), "", true);
    }

    /** The integration that reported an order of that id, shop before any other. */
    private String reporter(String orderId) {
        Set<String> known = reporters.getOrDefault(orderId, Set.of());
        return known.isEmpty() || known.contains(SHOP) ? SHOP : known.iterator().next();
    }

    /** The identity behind a story's name of an order: {@code id} or {@code integration/id}. */
    OrderIdentity identity(String name) {
        int slash = name.indexOf('/');
        Optional<Integration> named = slash < 0 || reporters.containsKey(name)
                ? Optional.empty()
                : catalog.integration(name.substring(0, slash)).map(Timeline::now);
        return named.map(integration -> new OrderIdentity(integration.scope(), name.substring(slash + 1)))
                .orElseGet(() -> new OrderIdentity(
                        catalog.integration(reporter(name)).orElseThrow().now().scope(), name));
    }

    /** The ids that a code's event of that name may have: {@code coupon:[integration/]ORDER[/CODE]}, ids with slashes too. */
    List<String> couponEvents(String name) {
        String text = name.substring(COUPON.length());
        List<String> ids = new ArrayList<>();
        reporters.forEach((orderId, integrations) -> {
            for (String integration : integrations) {
                String whole = integration + "/" + orderId;
                if (text.equals(orderId) || text.startsWith(orderId + "/")) {
                    ids.add(COUPON + integration + "/" + code(orderId, text));
                }
                if (text.equals(whole) || text.startsWith(whole + "/")) {
                    ids.add(COUPON + code(whole, text));
                }
            }
        });
        Collections.sort(ids, Comparator.comparing((String id) -> !id.startsWith(COUPON + SHOP + "/")));
        return ids;
    }

    /** The event's own spelling of the code behind an order: trimmed, NFKC, upper case. */
    private static String code(String order, String text) {
        return text.length() <= order.length() + 1
                ? order
                : order + "/"
                        + CouponCode.of(text.substring(order.length() + 1))
                                .map(CouponCode::text)
                                .orElse("");
    }

    private List<String> tokens(Node node) {
        if (node.has("tokens")) {
            List<String> named = node.list("tokens");
            return named.equals(List.of("none")) ? List.of() : edge.tokens(named);
        }
        return node.text("visitor").map(edge::keptBy).orElse(List.of());
    }

    private Integration integration(Node node) {
        String id = node.text("integration").orElse(SHOP);
        return catalog.integration(id).map(Timeline::now).orElseThrow(() -> new StoryError("no integration " + id));
    }

    private static OptionalLong amount(Node node, String name, Currency currency) {
        return node.number(name)
                .map(amount -> OptionalLong.of(Money.minor(amount, currency)))
                .orElse(OptionalLong.empty());
    }
}
