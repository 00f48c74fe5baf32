package io.influtrace.worker.order;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.FirstOrder;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.catalog.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds in the catalog what an order's signals were worth when it happened. Thread-safe. */
public final class Facts {

    /** Touches that the reports of one order may pool; a store that sends more is not telling of one browser. */
    static final int MAX_TOUCHES = 60;

    private final Catalog catalog;
    private final Codes codes;

    public Facts(Catalog catalog) {
        this.catalog = catalog;
        this.codes = new Codes(catalog);
    }

    /** The inputs of an order's first report. */
    Inputs of(OrderReport report, Tokens tokens, Optional<String> customer) {
        OrderFacts order = new OrderFacts(
                report.integration(),
                report.identity().orderId(),
                report.integrationStatus(),
                report.occurredAt(),
                report.value(),
                report.currency(),
                report.tax().orElse(0),
                report.shipping().orElse(0));
        Inputs empty = new Inputs(order, List.of(), List.of(), List.of(), Map.of(), Map.of());
        return pooled(empty, report, tokens, customer);
    }

    /** An order's inputs with the signals of one more report: same time, same policy version where one was used. */
    Inputs pooled(Inputs known, OrderReport report, Tokens tokens, Optional<String> customer) {
        OrderFacts order = known.order();
        Map<Object, TouchFacts> touches = new LinkedHashMap<>();
        known.touches().forEach(touch -> touches.put(touch.id(), serving(touch, report.integration(), order)));
        List<String> refused = new ArrayList<>(known.refusedTokens());
        refused.addAll(tokens.refused());
        for (Click click : tokens.clicks()) {
            Optional<TouchFacts> touch = touch(click, order.occurredAt(), customer, report.integration(), order);
            if (touch.isEmpty()) {
                refused.add("unknown_link");
            } else if (touches.size() < MAX_TOUCHES) {
                touches.putIfAbsent(click.id(), touch.get());
            }
        }
        List<CouponFacts> coupons = new ArrayList<>();
        known.coupons().forEach(coupon -> coupons.add(serving(coupon, report.integration(), order, customer)));
        Set<String> seen = new HashSet<>();
        coupons.forEach(coupon -> seen.add(coupon.code()));
        for (CouponCode code : report.coupons()) {
            if (seen.add(code.text()) && coupons.size() < 2 * OrderReport.MAX_COUPONS) {
                coupons.add(codes.facts(code, report.integration(), order, customer));
            }
        }
        List<TouchFacts> all = List.copyOf(touches.values());
        Map<String, PolicyFacts> policies = new TreeMap<>(policies(all, coupons, order.occurredAt()));
        known.policies().forEach((campaign, used) -> policies.merge(campaign, used, Facts::widened));
        return new Inputs(order, coupons, all, refused, policies, known.ordinals(), known.renewed());
    }

    /** The version that was used, with the commissions of creators whom a later report brought where it still is the same. */
    private static PolicyFacts widened(PolicyFacts now, PolicyFacts used) {
        if (now.version() != used.version()) {
            return used;
        }
        Map<String, Commission> overrides = new TreeMap<>(now.overrides());
        overrides.putAll(used.overrides());
        return new PolicyFacts(
                used.campaign(), used.version(), used.model(), used.holdDays(), used.commission(), overrides);
    }

    /** The same order as a renewal of one that was credited, under the policies of its own time. */
    Inputs renewing(Inputs inputs, FirstOrder first, List<TouchFacts> earned) {
        Map<Object, TouchFacts> touches = new LinkedHashMap<>();
        earned.forEach(touch -> touches.put(touch.id(), touch));
        inputs.touches().forEach(touch -> touches.putIfAbsent(touch.id(), touch));
        List<TouchFacts> all = List.copyOf(touches.values());
        Map<String, Set<String>> creators = creators(all, inputs.coupons());
        first.credits()
                .forEach(credit -> creators.computeIfAbsent(credit.campaign(), name -> new HashSet<>())
                        .add(credit.creator()));
        return new Inputs(
                inputs.order(),
                inputs.coupons(),
                all,
                inputs.refusedTokens(),
                policies(creators, inputs.order().occurredAt()),
                inputs.ordinals(),
                Optional.of(first));
    }

    /** A code that another integration of the same store reported, once one reports that it serves. */
    private CouponFacts serving(CouponFacts coupon, String reporter, OrderFacts order, Optional<String> customer) {
        return coupon.standing() == CouponFacts.Standing.INTEGRATION_DISABLED
                ? codes.facts(new CouponCode(coupon.code()), reporter, order, customer)
                : coupon;
    }

    /** The same of a touch. */
    private TouchFacts serving(TouchFacts touch, String reporter, OrderFacts order) {
        if (!touch.integrations().contains(reporter) || touch.integrations().contains(order.integration())) {
            return touch;
        }
        Set<String> integrations = new HashSet<>(touch.integrations());
        integrations.add(order.integration());
        return new TouchFacts(
                touch.id(),
                touch.clickClass(),
                touch.at(),
                touch.link(),
                touch.campaign(),
                touch.creator(),
                touch.handle(),
                integrations,
                touch.own(),
                touch.refusal());
    }

    /** What touches are worth at an instant when no order asks. */
    public List<TouchFacts> touches(List<Click> clicks, long at) {
        List<TouchFacts> touches = new ArrayList<>();
        for (Click click : clicks) {
            link(click).ifPresent(link -> touches.add(facts(click, link, Optional.empty(), enabled(link.line(), at))));
        }
        return touches;
    }

    /** The policies of touches and codes at an instant, by campaign. */
    public Map<String, PolicyFacts> policies(List<TouchFacts> touches, List<CouponFacts> coupons, long at) {
        return policies(creators(touches, coupons), at);
    }

    private static Map<String, Set<String>> creators(List<TouchFacts> touches, List<CouponFacts> coupons) {
        Map<String, Set<String>> creators = new TreeMap<>();
        for (TouchFacts touch : touches) {
            Set<String> of = creators.computeIfAbsent(touch.campaign(), name -> new HashSet<>());
            touch.handle().ifPresent(of::add);
        }
        for (CouponFacts coupon : coupons) {
            coupon.mapping()
                    .ifPresent(mapping -> creators.computeIfAbsent(mapping.campaign(), name -> new HashSet<>())
                            .add(mapping.creator()));
        }
        return creators;
    }

    private Map<String, PolicyFacts> policies(Map<String, Set<String>> creators, long at) {
        Map<String, PolicyFacts> policies = new TreeMap<>();
        creators.forEach((name, concerned) -> {
            Timeline<Campaign> line = catalog.campaign(name)
                    .orElseThrow(() -> new IllegalStateException("no campaign of a link's: " + name));
            policies.put(name, policy(line.at(at).orElse(line.versions().get(0)), concerned));
        });
        return policies;
    }

    /** What an order competes for with others of any browser: the uses of a limited code, places in a creator's month. */
    public List<String> contested(OrderReport order, Tokens tokens) {
        List<String> contested = new ArrayList<>();
        for (CouponCode code : order.coupons()) {
            contested.addAll(codes.contested(code));
        }
        for (Click click : tokens.clicks()) {
            if (link(click)
                    .filter(clicked -> tiered(catalog, clicked.link().campaign()))
                    .isPresent()) {
                catalog.creator(click.creator())
                        .ifPresent(line -> contested.add(month(line.now().handle())));
            }
        }
        return contested;
    }

    /** Whether any version of a campaign has tiers. */
    static boolean tiered(Catalog catalog, String campaign) {
        return catalog.campaign(campaign).stream()
                .flatMap(line -> line.versions().stream())
                .map(Timeline.Version::value)
                .anyMatch(version -> version.commission().tiered()
                        || version.overrides().values().stream().anyMatch(Commission::tiered));
    }

    static String month(String creator) {
        return "month of " + creator;
    }

    /** The code that an order uses, where its coupon limits the use. */
    Optional<Codes.Limit> limit(Inputs inputs, String code) {
        return codes.limit(new CouponCode(code), inputs.order());
    }

    /** The handle of a registered creator, in lower case. */
    Optional<String> handle(String spelling) {
        return catalog.creator(spelling.strip().toLowerCase(Locale.ROOT))
                .map(line -> line.now().handle());
    }

    /** The number under which a link's clicks are counted. */
    public int linkNumber(TouchFacts touch) {
        return catalog.link(touch.link()).stream()
                .flatMap(line -> line.versions().stream())
                .map(Timeline.Version::value)
                .filter(link -> link.campaign().equals(touch.campaign()))
                .mapToInt(Link::number)
                .findFirst()
                .orElse(0);
    }

    private Optional<TouchFacts> touch(
            Click click, long at, Optional<String> customer, String reporter, OrderFacts order) {
        return link(click).map(link -> {
            List<String> enabled = new ArrayList<>(enabled(link.line(), at));
            if (enabled.contains(reporter)) {
                enabled.add(order.integration());
            }
            return facts(click, link, customer, enabled);
        });
    }

    private TouchFacts facts(Click click, Clicked clicked, Optional<String> customer, List<String> enabled) {
        Optional<Creator> creator = catalog.creator(click.creator()).map(Timeline::now);
        return new TouchFacts(
                click.id(),
                click.clickClass(),
                click.at(),
                clicked.link().slug(),
                clicked.link().campaign(),
                click.creator(),
                creator.map(Creator::handle),
                Set.copyOf(enabled),
                creator.map(who -> own(who, customer)).orElse(false),
                Optional.empty());
    }

    static boolean own(Creator creator, Optional<String> customer) {
        return customer.isPresent() && creator.emailHash().equals(customer);
    }

    private record Clicked(Link link, Timeline<Link> line) {}

    private Optional<Clicked> link(Click click) {
        return catalog.link(click.link())
                .flatMap(line -> line.versions().stream()
                        .map(Timeline.Version::value)
                        .filter(link -> link.number() == click.link())
                        .findFirst()
                        .map(link -> new Clicked(link, line)));
    }

    private static List<String> enabled(Timeline<Link> line, long at) {
        return line.at(at).orElse(line.versions().get(0)).value().integrations();
    }

    private static PolicyFacts policy(Timeline.Version<Campaign> version, Set<String> creators) {
        Campaign campaign = version.value();
        Map<String, Commission> overrides = new TreeMap<>(campaign.overrides());
        overrides.keySet().retainAll(creators);
        return new PolicyFacts(
                campaign.id(),
                version.number(),
                campaign.model(),
                campaign.holdDays(),
                campaign.commission(),
                overrides);
    }
}
