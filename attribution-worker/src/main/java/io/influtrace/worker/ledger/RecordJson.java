package io.influtrace.worker.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.Item;
import io.influtrace.worker.ledger.OrderRecord.Further;
import io.influtrace.worker.ledger.OrderRecord.History;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Refund;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.influtrace.worker.ledger.OrderRecord.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An order's record as it lies in Redis: compact JSON whose first member is the version, which scripts read there. */
final class RecordJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordJson() {}

    static String write(OrderRecord record) {
        ObjectNode json = JSON.createObjectNode();
        json.put("v", record.version()).put("s", record.state().name());
        if (!record.entry().isEmpty()) {
            json.put("e", record.entry());
        }
        record.ruling().ifPresent(ruling -> {
            json.set("i", InputsJson.write(ruling.inputs()));
            json.set("d", DecisionJson.write(ruling.decision()));
        });
        for (Money money : record.money()) {
            ArrayNode array = json.withArray("m").addArray().add(money.pending());
            if (money.epoch() != Money.HELD) {
                array.add(money.approved()).add(money.adjusted()).add(money.epoch());
            }
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

    private static void history(ObjectNode json, History history) {
        for (Refund refund : history.refunds()) {
            ArrayNode array = json.withArray("f").addArray().add(refund.id());
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
    }

    /** Reads {@link #write}; empty text is an order of which nothing is known. */
    static OrderRecord read(String text) {
        if (text.isEmpty()) {
            return OrderRecord.ABSENT;
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("an unreadable order record", unreadable);
        }
        List<Money> money = new ArrayList<>();
        json.path("m")
                .forEach(each -> money.add(new Money(
                        each.path(0).asLong(),
                        each.path(1).asLong(),
                        each.path(2).asLong(),
                        each.path(3).asLong(Money.HELD))));
        List<ClickId> claimed = new ArrayList<>();
        json.path("w").forEach(id -> ClickId.parse(id.asText()).ifPresent(claimed::add));
        Map<String, Long> prior = new TreeMap<>();
        json.path("b")
                .properties()
                .forEach(field -> prior.put(field.getKey(), field.getValue().asLong()));
        return new OrderRecord(
                json.path("v").asLong(),
                OrderRecord.State.valueOf(json.path("s").asText()),
                json.path("e").asText(""),
                json.has("i")
                        ? Optional.of(new Ruling(InputsJson.read(json.path("i")), DecisionJson.read(json.path("d"))))
                        : Optional.empty(),
                money,
                claimed,
                prior,
                history(json));
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
                InputsJson.text(json.path("y")),
                stamp.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Stamp(stamp.path(0).asLong(), stamp.path(1).asLong())),
                json.path("u").asInt() == 1,
                reports,
                json.path("n").asLong(),
                items,
                InputsJson.text(json.path("k")));
    }
}
