package io.influtrace.worker.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.Item;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.RecordMembers;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.ledger.OrderRecord.Further;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Refund;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.OrderRecord.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An order's record as it lies in Redis: compact JSON whose first member is the version, which scripts read there. What the
 * order's identity or the inputs say already, and what is usual, is left out.
 */
final class RecordJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordJson() {}

    static String write(OrderRecord record, OrderIdentity identity) {
        ObjectNode json = JSON.createObjectNode();
        json.put("v", record.version());
        if (record.state() != OrderRecord.State.DONE) {
            json.put(RecordMembers.STATE, record.state().name());
        }
        EntryJson.write(record).ifPresent(entry -> json.set("e", entry));
        record.ruling().ifPresent(ruling -> {
            json.set(RecordMembers.INPUTS, InputsJson.write(ruling.inputs(), identity));
            json.set(RecordMembers.DECISION, DecisionJson.write(ruling.decision(), ruling.inputs()));
            ruling.decision()
                    .credits()
                    .forEach(credit -> json.withArray(RecordMembers.CREATORS).add(credit.creator()));
        });
        if (!record.money().equals(usualMoney(record.state(), record.ruling()))) {
            ArrayNode booked = json.putArray("m");
            record.money().forEach(money -> booked.add(money(money)));
        }
        record.claimed().forEach(id -> json.withArray("w").add(id.text()));
        new TreeMap<>(record.prior())
                .forEach((field, value) -> json.withObjectProperty("b").put(field, value));
        history(json, record.history());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values is always writable", impossible);
        }
    }

    /** Usually each credit's whole commission is pending. */
    private static List<Money> usualMoney(OrderRecord.State state, Optional<Ruling> ruling) {
        return state != OrderRecord.State.DONE || ruling.isEmpty()
                ? List.of()
                : ruling.get().decision().credits().stream()
                        .map(credit -> new Money(credit.commission(), 0, 0, Money.HELD))
                        .toList();
    }

    private static ArrayNode money(Money money) {
        Slim json = new Slim().unless(0, money.pending()).unless(0, money.approved());
        return json.unless(0, money.adjusted())
                .unless(Money.HELD, money.epoch())
                .trimmed();
    }

    private static Money money(JsonNode json) {
        return new Money(
                Slim.number(json.path(0), 0),
                Slim.number(json.path(1), 0),
                Slim.number(json.path(2), 0),
                Slim.number(json.path(3), Money.HELD));
    }

    private static void history(ObjectNode json, History history) {
        for (Refund refund : history.refunds()) {
            ArrayNode array = json.withArray(RecordMembers.REFUNDS).addArray().add(refund.id());
            array.add(refund.wanted()).add(refund.currency()).add(refund.at());
            array.add(refund.cancellation() ? 1 : 0);
        }
        history.survey().ifPresent(creator -> json.put("y", creator));
        history.customer().ifPresent(hash -> json.put("k", hash));
        history.stamp()
                .ifPresent(stamp -> json.putArray("z").add(stamp.occurredAt()).add(stamp.receivedAt()));
        if (history.joinedUnsigned()) {
            json.put("u", 1);
        }
        for (Further report : history.reports()) {
            ArrayNode array = json.withArray("q").addArray().add(report.integration());
            array.add(report.source()).add(report.outcome()).add(report.receivedAt());
            array.add(report.value()).add(report.currency());
        }
        if (history.duplicates() > 0) {
            json.put("n", history.duplicates());
        }
        for (Item item : history.items()) {
            ArrayNode array = json.withArray("l").addArray().add(item.sku()).add(item.name());
            array.add(item.quantity()).add(item.price()).add(item.collection());
        }
        for (Kin.Renewal renewal : history.kin().renewals()) {
            ArrayNode array = json.withArray("r").addArray().add(renewal.orderId());
            renewal.waiting().ifPresent(report -> report.fields().forEach(array::add));
        }
        history.kin()
                .target()
                .ifPresent(order -> json.putArray("t").add(order.integration()).add(order.orderId()));
    }

    /** Reads {@link #write}; empty text is an order of which nothing is known. */
    static OrderRecord read(String text, OrderIdentity identity) {
        if (text.isEmpty()) {
            return OrderRecord.ABSENT;
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("an unreadable order record", unreadable);
        }
        OrderRecord.State state = OrderRecord.State.valueOf(json.path("s").asText(OrderRecord.State.DONE.name()));
        Optional<Ruling> ruling = json.has("i") ? Optional.of(ruling(json, identity)) : Optional.empty();
        List<Money> money = new ArrayList<>();
        json.path("m").forEach(each -> money.add(money(each)));
        List<ClickId> claimed = new ArrayList<>();
        json.path("w").forEach(id -> ClickId.parse(id.asText()).ifPresent(claimed::add));
        Map<String, Long> prior = new TreeMap<>();
        json.path("b")
                .properties()
                .forEach(field -> prior.put(field.getKey(), field.getValue().asLong()));
        return new OrderRecord(
                json.path("v").asLong(),
                state,
                EntryJson.read(json.path("e"), ruling),
                ruling,
                json.has("m") ? money : usualMoney(state, ruling),
                claimed,
                prior,
                history(json));
    }

    private static Ruling ruling(JsonNode json, OrderIdentity identity) {
        Inputs inputs = InputsJson.read(json.path("i"), identity);
        return new Ruling(inputs, DecisionJson.read(json.path("d"), inputs));
    }

    private static History history(JsonNode json) {
        List<Refund> refunds = new ArrayList<>();
        json.path("f")
                .forEach(each -> refunds.add(new Refund(
                        each.path(0).asText(),
                        each.path(1).asLong(),
                        each.path(2).asText(),
                        each.path(3).asLong(),
                        each.path(4).asInt() == 1)));
        List<Further> reports = new ArrayList<>();
        json.path("q")
                .forEach(each -> reports.add(new Further(
                        each.path(0).asText(),
                        each.path(1).asText(),
                        each.path(2).asText(),
                        each.path(3).asLong(),
                        each.path(4).asLong(),
                        each.path(5).asText())));
        List<Item> items = new ArrayList<>();
        json.path("l")
                .forEach(each -> items.add(new Item(
                        each.path(0).asText(),
                        each.path(1).asText(),
                        each.path(2).asInt(),
                        each.path(3).asLong(),
                        each.path(4).asText())));
        JsonNode stamp = json.path("z");
        return new History(
                refunds,
                Slim.text(json.path("y")),
                stamp.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Stamp(stamp.path(0).asLong(), stamp.path(1).asLong())),
                json.path("u").asInt() == 1,
                reports,
                json.path("n").asLong(),
                items,
                Slim.text(json.path("k")),
                kin(json));
    }

    private static Kin kin(JsonNode json) {
        List<Kin.Renewal> renewals = new ArrayList<>();
        for (JsonNode each : json.path("r")) {
            List<String> texts = InputsJson.texts(each);
            Optional<Kin.Waiting> waiting =
                    texts.size() == 1 ? Optional.empty() : Optional.of(new Kin.Waiting(texts.subList(1, texts.size())));
            renewals.add(new Kin.Renewal(texts.get(0), waiting));
        }
        JsonNode target = json.path("t");
        return new Kin(
                renewals,
                target.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Kin.Target(
                                target.path(0).asText(), target.path(1).asText())));
    }
}
