package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.money.Money;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.report.EventJson;
import io.influtrace.worker.report.OrderJson;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Stream;

/** What every order's and event's sentence must name: the number or the name that decided, and never more than its reader may know. */
final class Explained {

    private static final Set<String> SECRETS = Set.of("reason", "supersededBy", "orderIds", "visitor");

    private Explained() {}

    /** The merchant's sentence of an order, as the API gives it. */
    static void check(OrderView view) {
        String sentence = OrderJson.whole(view).getString("explanation");
        Inputs inputs = view.inputs();
        Decision decision = view.decision();
        assertThat(sentence).endsWith(".").doesNotContain("null", "  ", "..", "@");
        if (decision.verdict() == Verdict.CREDITED) {
            for (Credit credit : decision.credits()) {
                assertThat(sentence)
                        .contains(credit.creator() + " gets "
                                + amount(credit.value(), inputs.order().currency()))
                        .contains(amount(credit.commission(), credit.commissionCurrency()) + " commission");
            }
        } else {
            assertThat(sentence).contains("(" + decision.reason().word() + ")");
        }
        String store = inputs.order().integration();
        switch (decision.verdict() == Verdict.CREDITED
                ? "credited"
                : decision.reason().word()) {
            case "self_referral" -> assertThat(sentence).contains("buyer").containsAnyOf(names(inputs));
            case "coupon_integration_disabled" ->
                assertThat(sentence).containsAnyOf(codes(inputs)).contains(store);
            case "coupon_outside_dates" ->
                assertThat(sentence)
                        .containsAnyOf(codes(inputs))
                        .contains(Instant.ofEpochMilli(inputs.order().occurredAt())
                                .toString());
            case "coupon_limit_reached", "coupon_below_minimum", "coupon_unknown" ->
                assertThat(sentence).containsAnyOf(codes(inputs));
            case "link_integration_disabled" ->
                assertThat(sentence).contains(" clicked ", store).containsAnyOf(links(inputs));
            case "link_window_elapsed" ->
                assertThat(sentence)
                        .containsAnyOf(handles(inputs))
                        .containsPattern("clicked [0-9]+ .* before; window [0-9]+ d");
            case "touch_expired", "touch_superseded" ->
                assertThat(sentence)
                        .containsAnyOf(handles(inputs))
                        .containsPattern("clicked [0-9]+ .* before; the event had already (expired|been superseded)");
            case "click_not_human" ->
                assertThat(sentence).contains("not a person's").containsAnyOf(links(inputs));
            case "creator_unknown", "creator_missing" -> assertThat(sentence).containsAnyOf(links(inputs));
            case "token_invalid" -> assertThat(sentence).containsPattern("a token was not ours: [a-z_]+");
            case "no_signal" -> assertThat(sentence).contains("no mapped code and no click");
            case "integration_pending", "integration_disconnected" ->
                assertThat(sentence).contains("store " + store);
            default -> assertThat(decision.verdict()).isEqualTo(Verdict.CREDITED);
        }
    }

    /** The merchant's sentence of an event, and what its own creator sees of it. */
    static void check(EventView event) {
        JsonObject whole = EventJson.whole(event);
        String sentence = whole.getString("explanation");
        assertThat(sentence).endsWith(".").doesNotContain("null", "  ", "..", "@");
        event.by().ifPresent(other -> assertThat(sentence).contains(other.creator(), other.eventId()));
        switch (event.reason()) {
            case "converted", "superseded_by_coupon", "second_coupon" ->
                assertThat(sentence).contains(event.orders());
            case "self_referral" ->
                assertThat(sentence)
                        .contains(event.orders())
                        .contains(event.creator().orElseThrow());
            default ->
                assertThat(event.orders()).as(event.id() + " " + event.reason()).isNotNull();
        }
        if (event.reason().isEmpty() || event.reason().equals("window_elapsed")) {
            assertThat(sentence).contains(whole.getString("deadline"));
        }
        JsonObject own = EventJson.own(event);
        assertThat(own.fieldNames()).doesNotContainAnyElementsOf(SECRETS);
        assertThat(own.containsKey("explanation")).isEqualTo(event.status().equals("duplicate"));
        if (event.status().equals("duplicate")) {
            assertThat(own.getString("explanation")).isEqualToIgnoringCase("flagged for review");
        }
    }

    private static String amount(long minor, String code) {
        return Money.decimal(minor, Currency.getInstance(code)) + " " + code;
    }

    private static String[] codes(Inputs inputs) {
        return inputs.coupons().stream().map(CouponFacts::code).toArray(String[]::new);
    }

    private static String[] links(Inputs inputs) {
        return inputs.touches().stream().map(TouchFacts::link).toArray(String[]::new);
    }

    private static String[] handles(Inputs inputs) {
        return inputs.touches().stream()
                .flatMap(touch -> touch.handle().stream())
                .toArray(String[]::new);
    }

    private static String[] names(Inputs inputs) {
        return Stream.concat(Stream.of(codes(inputs)), Stream.of(handles(inputs)))
                .toArray(String[]::new);
    }
}
