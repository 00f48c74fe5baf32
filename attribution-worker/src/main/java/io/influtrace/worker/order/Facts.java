package io.influtrace.worker.order;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.FirstOrder;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.catalog.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds in the catalog what an order's signals were worth when it happened. Thread-safe. */
public final class Facts {

    /** Touches that the reports of one order may pool; a store that sends more is not telling of one browser. */
    static final int MAX_TOUCHES = 60;

    private final Catalog catalog;
    private final Codes codes;
    private final Policies policies;
    private final Contests contests;

    public Facts(Catalog catalog) {
        this.catalog = catalog;
        this.codes = new Codes(catalog);
        this.policies = new Policies(catalog);
        this.contests = new Contests(catalog);
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
        return pooled(empty, report, Set.of(report.integration()), tokens, customer);
    }

    /**
     * An order's inputs with the signals of one more report: same time, same policy version where one was used.
     *
     * @param reporters the integrations of its store that have reported it
     */
    Inputs pooled(Inputs known, OrderReport report, Set<String> reporters, Tokens tokens, Optional<String> customer) {
        OrderFacts order = known.order();
        Map<Object, TouchFacts> touches = new LinkedHashMap<>();
        known.touches().forEach(touch -> touches.put(touch.id(), serving(touch, reporters, order, customer)));
        List<String> refused = new ArrayList<>(known.refusedTokens());
        refused.addAll(tokens.refused());
        for (Click click : tokens.clicks()) {
            Optional<TouchFacts> touch = touch(click, order.occurredAt(), customer, reporters, order);
            if (touch.isEmpty()) {
                refused.add("unknown_link");
            } else if (touches.size() < MAX_TOUCHES) {
                touches.putIfAbsent(click.id(), touch.get());
            }
        }
        List<CouponFacts> coupons = new ArrayList<>();
        known.coupons().forEach(coupon -> coupons.add(serving(coupon, reporters, order, customer)));
        Set<String> seen = new HashSet<>();
        coupons.forEach(coupon -> seen.add(coupon.code()));
        for (CouponCode code : report.coupons()) {
            if (seen.add(code.text()) && coupons.size() < 2 * OrderReport.MAX_COUPONS) {
                coupons.add(codes.facts(code, reporters, order, customer));
            }
        }
        List<TouchFacts> all = List.copyOf(touches.values());
        Map<String, PolicyFacts> used = policies.of(all, coupons, Optional.empty(), order.occurredAt());
        known.policies().forEach((campaign, before) -> used.merge(campaign, before, Policies::widened));
        return new Inputs(order, coupons, all, refused, used, known.ordinals(), known.renewed());
    }

    /** The same order as a renewal of one that was credited, under the policies of its own time. */
    Inputs renewing(Inputs inputs, FirstOrder first, List<TouchFacts> earned) {
        Map<Object, TouchFacts> touches = new LinkedHashMap<>();
        earned.forEach(touch -> touches.put(touch.id(), touch));
        inputs.touches().forEach(touch -> touches.putIfAbsent(touch.id(), touch));
        List<TouchFacts> all = List.copyOf(touches.values());
        return new Inputs(
                inputs.order(),
                inputs.coupons(),
                all,
                inputs.refusedTokens(),
                policies.of(
                        all,
                        inputs.coupons(),
                        Optional.of(first),
                        inputs.order().occurredAt()),
                inputs.ordinals(),
                Optional.of(first));
    }

    /**
     * A code as one more report makes it: one that serves another integration of the store counts once that one reports, and
     * who buys may not have been known before.
     */
    private CouponFacts serving(
            CouponFacts coupon, Set<String> reporters, OrderFacts order, Optional<String> customer) {
        if (coupon.standing() == CouponFacts.Standing.INTEGRATION_DISABLED) {
            return codes.facts(new CouponCode(coupon.code()), reporters, order, customer);
        }
        boolean own = coupon.mapping()
                .flatMap(mapping -> catalog.creator(mapping.creator()))
                .map(line -> own(line.now(), customer))
                .orElse(false);
        return new CouponFacts(
                coupon.code(), coupon.standing(), coupon.mapping(), coupon.own() || own, coupon.nearest());
    }

    /** The same of a touch. */
    private TouchFacts serving(TouchFacts touch, Set<String> reporters, OrderFacts order, Optional<String> customer) {
        Set<String> integrations = new HashSet<>(touch.integrations());
        if (!Collections.disjoint(integrations, reporters)) {
            integrations.add(order.integration());
        }
        boolean own = catalog.creator(touch.creator())
                .map(line -> own(line.now(), customer))
                .orElse(false);
        return new TouchFacts(
                touch.id(),
                touch.clickClass(),
                touch.at(),
                touch.link(),
                touch.campaign(),
                touch.creator(),
                touch.handle(),
                integrations,
                touch.own() || own,
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

    /** The policies of touches at an instant when no order asks, by campaign. */
    public Map<String, PolicyFacts> policies(List<TouchFacts> touches, long at) {
        return policies.of(touches, List.of(), Optional.empty(), at);
    }

    /** What an order competes for with others of any browser. */
    public List<String> contested(OrderReport order, Tokens tokens) {
        return contests.of(order, tokens);
    }

    /** The code that an order uses, where its coupon limits the use. */
    Optional<Codes.Limit> limit(Inputs inputs, String code) {
        return inputs.coupons().stream()
                .filter(coupon -> coupon.code().equals(code))
                .findFirst()
                .flatMap(coupon -> codes.limit(coupon, inputs.order()));
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
            Click click, long at, Optional<String> customer, Set<String> reporters, OrderFacts order) {
        return link(click).map(link -> {
            List<String> enabled = new ArrayList<>(enabled(link.line(), at));
            if (!Collections.disjoint(enabled, reporters)) {
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
}
