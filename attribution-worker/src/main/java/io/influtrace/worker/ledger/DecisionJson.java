package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.worker.attribution.CouponEvent;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.Reason;
import io.influtrace.worker.attribution.Signal;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A decision as compact JSON, all but its trace, which is made again from the inputs by whoever asks for it. */
final class DecisionJson {

    private DecisionJson() {}

    static ObjectNode write(Decision decision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("v", decision.verdict().word()).put("s", decision.signal().word());
        json.put("r", decision.reason().word());
        for (Credit credit : decision.credits()) {
            ArrayNode array = json.withArray("c").addArray().add(credit.creator());
            array.add(credit.campaign()).add(credit.policyVersion()).add(credit.link());
            array.add(credit.eventId()).add(credit.weight()).add(credit.value()).add(credit.commission());
            array.add(credit.commissionCurrency());
        }
        decision.assists().forEach(assist -> json.withArray("a").add(assist));
        for (TouchChange change : decision.changes()) {
            ArrayNode array = json.withArray("h").addArray().add(change.id().text());
            other(array.add(change.reason().word()), change.by());
        }
        for (CouponEvent event : decision.couponEvents()) {
            ArrayNode array = json.withArray("e").addArray().add(event.eventId());
            array.add(event.code()).add(event.creator()).add(event.link()).add(event.campaign());
            other(array.add(event.reason().word()), event.by());
        }
        decision.repeats()
                .forEach(repeat -> json.withArray("p")
                        .addArray()
                        .add(repeat.id().text())
                        .add(repeat.first().text()));
        decision.confirmed().forEach(id -> json.withArray("f").add(id.text()));
        return json;
    }

    static Decision read(JsonNode json) {
        List<Credit> credits = new ArrayList<>();
        json.path("c").forEach(each -> credits.add(credit(each)));
        List<TouchChange> changes = new ArrayList<>();
        json.path("h")
                .forEach(each -> changes.add(new TouchChange(
                        id(each.path(0)), EventReason.valueOf(constant(each.path(1))), other(each, 2))));
        List<CouponEvent> events = new ArrayList<>();
        json.path("e").forEach(each -> events.add(event(each)));
        List<Decision.Repeat> repeats = new ArrayList<>();
        json.path("p").forEach(each -> repeats.add(new Decision.Repeat(id(each.path(0)), id(each.path(1)))));
        List<ClickId> confirmed = new ArrayList<>();
        json.path("f").forEach(each -> confirmed.add(id(each)));
        return new Decision(
                Verdict.valueOf(constant(json.path("v"))),
                Signal.valueOf(constant(json.path("s"))),
                Reason.valueOf(constant(json.path("r"))),
                credits,
                InputsJson.texts(json.path("a")),
                changes,
                events,
                repeats,
                confirmed,
                List.of());
    }

    private static Credit credit(JsonNode json) {
        return new Credit(
                json.path(0).asText(),
                json.path(1).asText(),
                json.path(2).asInt(),
                json.path(3).asText(),
                json.path(4).asText(),
                new BigInteger(json.path(5).asText()),
                json.path(6).asLong(),
                json.path(7).asLong(),
                json.path(8).asText());
    }

    private static CouponEvent event(JsonNode json) {
        return new CouponEvent(
                json.path(0).asText(),
                json.path(1).asText(),
                json.path(2).asText(),
                json.path(3).asText(),
                json.path(4).asText(),
                EventReason.valueOf(constant(json.path(5))),
                other(json, 6));
    }

    private static void other(ArrayNode array, Optional<TouchChange.Other> by) {
        by.ifPresent(other -> array.add(other.eventId()).add(other.creator()).add(other.at()));
    }

    private static Optional<TouchChange.Other> other(JsonNode array, int from) {
        return array.size() <= from
                ? Optional.empty()
                : Optional.of(new TouchChange.Other(
                        array.path(from).asText(),
                        array.path(from + 1).asText(),
                        array.path(from + 2).asLong()));
    }

    private static ClickId id(JsonNode json) {
        return ClickId.parse(json.asText()).orElseThrow(() -> new IllegalArgumentException("an unreadable click id"));
    }

    private static String constant(JsonNode word) {
        return word.asText().toUpperCase(Locale.ROOT);
    }
}
