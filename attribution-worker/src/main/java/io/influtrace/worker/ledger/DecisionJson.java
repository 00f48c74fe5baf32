package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.RecordMembers;
import io.influtrace.worker.attribution.CouponEvent;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Reason;
import io.influtrace.worker.attribution.Signal;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.attribution.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A decision as compact JSON beside its inputs: what it says of a touch or a code is said by their numbers, and what is
 * usual is left out. Its trace is made again from the inputs by whoever asks for it.
 */
final class DecisionJson {

    private DecisionJson() {}

    static ObjectNode write(Decision decision, Inputs inputs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (decision.verdict() != Verdict.CREDITED) {
            json.put(RecordMembers.VERDICT, decision.verdict().word());
        }
        if (decision.signal() != usualSignal(decision.verdict())) {
            json.put(RecordMembers.SIGNAL, decision.signal().word());
        }
        if (decision.reason() != Reason.NO_SIGNAL) {
            json.put(RecordMembers.REASON, decision.reason().word());
        }
        CreditJson credits = new CreditJson(inputs, decision.credits().size() == 1);
        decision.credits()
                .forEach(credit -> json.withArray(RecordMembers.CREDITS).add(credits.write(credit)));
        decision.assists().forEach(assist -> json.withArray("a").add(assist));
        if (!decision.changes().equals(winning(decision.credits()))) {
            ArrayNode changes = json.putArray("h");
            decision.changes().forEach(change -> changes.add(change(change, inputs)));
        }
        decision.couponEvents().forEach(event -> json.withArray("e").add(event(event)));
        decision.repeats()
                .forEach(repeat -> json.withArray("p")
                        .add(new Slim()
                                .add(place(repeat.id(), inputs))
                                .add(place(repeat.first(), inputs))
                                .trimmed()));
        decision.confirmed().forEach(id -> json.withArray("f").add(place(id, inputs)));
        return json;
    }

    static Decision read(JsonNode json, Inputs inputs) {
        Verdict verdict = json.has("v") ? Verdict.valueOf(constant(json.path("v"))) : Verdict.CREDITED;
        CreditJson credit = new CreditJson(inputs, json.path("c").size() == 1);
        List<Credit> credits = new ArrayList<>();
        json.path("c").forEach(each -> credits.add(credit.read(each)));
        List<TouchChange> changes = new ArrayList<>();
        json.path("h")
                .forEach(each -> changes.add(new TouchChange(
                        id(each.path(0), inputs),
                        Slim.text(each.path(1))
                                .map(word -> EventReason.valueOf(word.toUpperCase(Locale.ROOT)))
                                .orElse(EventReason.CONVERTED),
                        other(each, 2))));
        List<CouponEvent> events = new ArrayList<>();
        json.path("e").forEach(each -> events.add(event(each)));
        List<Decision.Repeat> repeats = new ArrayList<>();
        json.path("p")
                .forEach(each -> repeats.add(new Decision.Repeat(id(each.path(0), inputs), id(each.path(1), inputs))));
        List<ClickId> confirmed = new ArrayList<>();
        json.path("f").forEach(each -> confirmed.add(id(each, inputs)));
        return new Decision(
                verdict,
                json.has("s") ? Signal.valueOf(constant(json.path("s"))) : usualSignal(verdict),
                json.has("r") ? Reason.valueOf(constant(json.path("r"))) : Reason.NO_SIGNAL,
                credits,
                InputsJson.texts(json.path("a")),
                json.has("h") ? changes : winning(credits),
                events,
                repeats,
                confirmed,
                List.of());
    }

    private static Signal usualSignal(Verdict verdict) {
        return verdict == Verdict.CREDITED ? Signal.LINK : Signal.NONE;
    }

    /** Usually every credit's click converts, and nothing else changes. */
    private static List<TouchChange> winning(List<Credit> credits) {
        return credits.stream()
                .flatMap(credit -> ClickId.parse(credit.eventId()).stream())
                .map(id -> new TouchChange(id, EventReason.CONVERTED, Optional.empty()))
                .toList();
    }

    private static ArrayNode change(TouchChange change, Inputs inputs) {
        Slim json = new Slim().add(place(change.id(), inputs));
        return other(json.unless(EventReason.CONVERTED.word(), change.reason().word()), change.by())
                .trimmed();
    }

    private static ArrayNode event(CouponEvent event) {
        Slim json = new Slim().add(event.eventId()).add(event.code()).add(event.creator());
        return other(
                        json.add(event.link())
                                .add(event.campaign())
                                .add(event.reason().word()),
                        event.by())
                .trimmed();
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

    private static Slim other(Slim array, Optional<TouchChange.Other> by) {
        by.ifPresent(other -> array.add(other.eventId()).add(other.creator()).add(other.at()));
        return array;
    }

    private static Optional<TouchChange.Other> other(JsonNode array, int from) {
        return array.size() <= from
                ? Optional.empty()
                : Optional.of(new TouchChange.Other(
                        array.path(from).asText(),
                        array.path(from + 1).asText(),
                        array.path(from + 2).asLong()));
    }

    /** A click's place among the touches of the inputs. */
    private static long place(ClickId id, Inputs inputs) {
        List<TouchFacts> touches = inputs.touches();
        for (int i = 0; i < touches.size(); i++) {
            if (touches.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("a decision about a touch that its inputs lack");
    }

    private static ClickId id(JsonNode place, Inputs inputs) {
        return inputs.touches().get(place.intValue()).id();
    }

    private static String constant(JsonNode word) {
        return word.asText().toUpperCase(Locale.ROOT);
    }
}
