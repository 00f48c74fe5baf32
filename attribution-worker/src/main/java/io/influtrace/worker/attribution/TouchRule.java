package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * One gate that a click passes on its way to a credit. A touch that fails is set aside under the gate's reason; the gates
 * stand in the order of {@link Reason} from its end, so the touch that got furthest is an order's nearest miss.
 */
record TouchRule(Reason reason, BiPredicate<TouchFacts, OrderFacts> passes) {

    /** All gates, outermost first. */
    static final List<TouchRule> ALL = List.of(
            new TouchRule(Reason.CREATOR_MISSING, (touch, order) -> touch.creator() != Click.DIRECT),
            new TouchRule(
                    Reason.CREATOR_UNKNOWN, (touch, order) -> touch.handle().isPresent()),
            new TouchRule(Reason.CLICK_NOT_HUMAN, (touch, order) -> human(touch)),
            new TouchRule(
                    Reason.TOUCH_SUPERSEDED,
                    (touch, order) -> !touch.refusal().equals(Optional.of(TouchFacts.Refusal.SUPERSEDED))),
            new TouchRule(
                    Reason.TOUCH_EXPIRED,
                    (touch, order) -> !touch.refusal().equals(Optional.of(TouchFacts.Refusal.EXPIRED))),
            new TouchRule(
                    Reason.LINK_WINDOW_ELAPSED, (touch, order) -> order.occurredAt() - touch.at() <= touch.window()),
            new TouchRule(
                    Reason.LINK_INTEGRATION_DISABLED,
                    (touch, order) -> touch.integrations().contains(order.integration())),
            new TouchRule(Reason.SELF_REFERRAL, (touch, order) -> !touch.own()));

    /** Why a touch earns nothing on this order; empty where it may. A touch after the order is never asked. */
    static Optional<Reason> refusal(TouchFacts touch, OrderFacts order) {
        return ALL.stream()
                .filter(rule -> !rule.passes.test(touch, order))
                .map(TouchRule::reason)
                .findFirst();
    }

    /** A person's click: human, the repeat that stands for one, or a prefetch that an order proves to be one. */
    static boolean human(TouchFacts touch) {
        return touch.clickClass() == ClickClass.HUMAN
                || touch.clickClass() == ClickClass.REPEAT
                || touch.clickClass() == ClickClass.PREFETCH;
    }

    /** What a set-aside touch says in the trace. */
    String words(TouchFacts touch, OrderFacts order) {
        String who = touch.handle().orElse("nobody");
        String clicked = who + " clicked " + Spoken.span(order.occurredAt() - touch.at()) + " before";
        return switch (reason) {
            case CREATOR_MISSING -> "link " + touch.link() + " was clicked without a creator";
            case CREATOR_UNKNOWN -> "link " + touch.link() + " was clicked with a handle that nobody had registered";
            case CLICK_NOT_HUMAN ->
                "the click on " + touch.link() + " was " + machine(touch.clickClass()) + "'s, not a person's";
            case TOUCH_SUPERSEDED -> clicked + "; the event had already been superseded";
            case TOUCH_EXPIRED -> clicked + "; the event had already expired";
            case LINK_INTEGRATION_DISABLED ->
                clicked + " on " + touch.link() + ", which is not enabled for " + order.integration();
            case SELF_REFERRAL -> who + " is the buyer";
            default ->
                clicked + "; window "
                        + Spoken.span(Duration.ofDays(touch.id().windowDays()).toMillis());
        };
    }

    private static String machine(ClickClass clickClass) {
        return switch (clickClass) {
            case PREVIEW -> "a link preview";
            case HEAD -> "a HEAD request";
            default -> "a bot";
        };
    }
}
