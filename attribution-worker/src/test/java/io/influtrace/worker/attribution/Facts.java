package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Builds the inputs of one order at the store «shop», worth 100.00 USD unless said otherwise. */
final class Facts {

    /** When the order happens unless said otherwise. */
    static final long ORDER_AT = Instant.parse("2026-03-31T12:00:00Z").toEpochMilli();

    private final List<CouponFacts> coupons = new ArrayList<>();
    private final List<TouchFacts> touches = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Map<String, PolicyFacts> policies = new HashMap<>();
    private final Map<String, Long> ordinals = new HashMap<>();
    private OrderFacts order = new OrderFacts("shop", "O-1", "connected", ORDER_AT, 10_000, "USD", 0, 0);

    private Facts(Model model) {
        policy("main", model, Commission.percent("10"));
    }

    static Facts under(Model model) {
        return new Facts(model);
    }

    static Facts lastClick() {
        return new Facts(Model.LAST_CLICK);
    }

    Facts policy(String campaign, Model model, Commission commission) {
        policies.put(campaign, new PolicyFacts(campaign, 1, model, 30, commission, Map.of()));
        return this;
    }

    Facts override(String creator, Commission commission) {
        policies.computeIfPresent(
                "main",
                (id, policy) ->
                        new PolicyFacts(id, 1, policy.model(), 30, policy.commission(), Map.of(creator, commission)));
        return this;
    }

    Facts worth(long value, long tax, long shipping) {
        order = order.amended(value, order.currency(), tax, shipping);
        return this;
    }

    Facts status(String status) {
        order = new OrderFacts(
                "shop", "O-1", status, order.occurredAt(), order.value(), order.currency(), order.tax(), 0);
        return this;
    }

    /** A human click of a creator on the link «spring», so long before the order. */
    Facts click(int id, String creator, Duration before) {
        return click(id, creator, before, UnaryOperator.identity());
    }

    Facts click(int id, String creator, Duration before, UnaryOperator<Touch> but) {
        touches.add(
                but.apply(new Touch(id, creator, ORDER_AT - before.toMillis())).facts());
        return this;
    }

    Facts coupon(String code, String creator) {
        return coupon(code, creator, CouponFacts.Standing.MAPPED, false);
    }

    Facts coupon(String code, String creator, CouponFacts.Standing standing, boolean own) {
        boolean mapped = standing != CouponFacts.Standing.UNKNOWN && standing != CouponFacts.Standing.OUTSIDE_DATES;
        coupons.add(new CouponFacts(
                code,
                standing,
                mapped ? Optional.of(new CouponFacts.Mapping(creator, "spring", "main")) : Optional.empty(),
                own,
                List.of()));
        return this;
    }

    Facts unknownCoupon(String code, String... nearest) {
        coupons.add(new CouponFacts(code, CouponFacts.Standing.UNKNOWN, Optional.empty(), false, List.of(nearest)));
        return this;
    }

    Facts refusedToken(String why) {
        refused.add(why);
        return this;
    }

    Facts ordinal(String creator, long ordinal) {
        ordinals.put(creator, ordinal);
        return this;
    }

    Inputs inputs() {
        return new Inputs(order, coupons, touches, refused, policies, ordinals);
    }

    Decision decide() {
        return Attribution.decide(inputs());
    }

    static ClickId id(int sequence) {
        return id(sequence, 30);
    }

    static ClickId id(int sequence, int windowDays) {
        return new ClickId(3, windowDays, 7, sequence);
    }

    /** One click with what a test changes about it. */
    record Touch(
            int id,
            String creator,
            long at,
            ClickClass clickClass,
            int windowDays,
            String link,
            String campaign,
            Set<String> stores,
            boolean own,
            Optional<TouchFacts.Refusal> refusal) {

        Touch(int id, String creator, long at) {
            this(id, creator, at, ClickClass.HUMAN, 30, "spring", "main", Set.of("shop"), false, Optional.empty());
        }

        Touch as(ClickClass other) {
            return new Touch(id, creator, at, other, windowDays, link, campaign, stores, own, refusal);
        }

        Touch window(int days) {
            return new Touch(id, creator, at, clickClass, days, link, campaign, stores, own, refusal);
        }

        Touch on(String otherLink) {
            return new Touch(id, creator, at, clickClass, windowDays, otherLink, campaign, stores, own, refusal);
        }

        Touch in(String otherCampaign) {
            return new Touch(id, creator, at, clickClass, windowDays, link, otherCampaign, stores, own, refusal);
        }

        Touch stores(String... others) {
            return new Touch(id, creator, at, clickClass, windowDays, link, campaign, Set.of(others), own, refusal);
        }

        Touch byTheBuyer() {
            return new Touch(id, creator, at, clickClass, windowDays, link, campaign, stores, true, refusal);
        }

        Touch refused(TouchFacts.Refusal why) {
            return new Touch(id, creator, at, clickClass, windowDays, link, campaign, stores, own, Optional.of(why));
        }

        TouchFacts facts() {
            int number = switch (creator) {
                case "direct" -> Click.DIRECT;
                case "stranger" -> Click.UNKNOWN_CREATOR;
                default -> Click.FIRST_CREATOR + creator.charAt(0);
            };
            Optional<String> handle = number < Click.FIRST_CREATOR ? Optional.empty() : Optional.of(creator);
            return new TouchFacts(
                    Facts.id(id, windowDays), clickClass, at, link, campaign, number, handle, stores, own, refusal);
        }
    }
}
