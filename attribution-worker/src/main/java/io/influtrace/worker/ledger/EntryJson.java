package io.influtrace.worker.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream's id as a record keeps it: most reports come within seconds of their order, so the milliseconds are counted from
 * the order's time: {@code 13} for 13 ms and the first of its millisecond, {@code "+13-2"} for its third, else the id.
 */
final class EntryJson {

    private static final Pattern ID = Pattern.compile("(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})");

    private EntryJson() {}

    static Optional<JsonNode> write(OrderRecord record) {
        String entry = record.entry();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Matcher id = ID.matcher(entry);
        if (record.place().isEmpty() || !id.matches()) {
            return Optional.of(JsonNodeFactory.instance.textNode(entry));
        }
        long after = Long.parseLong(id.group(1)) - record.place().get();
        return Optional.of(
                id.group(2).equals("0")
                        ? JsonNodeFactory.instance.numberNode(after)
                        : JsonNodeFactory.instance.textNode("+" + after + "-" + id.group(2)));
    }

    static String read(JsonNode json, Optional<Ruling> ruling) {
        String text = json.asText("");
        if (ruling.isEmpty() || !(json.isNumber() || text.startsWith("+"))) {
            return text;
        }
        long at = ruling.get().inputs().order().occurredAt();
        int dash = json.isNumber() ? text.length() : text.lastIndexOf('-');
        String after = text.substring(json.isNumber() ? 0 : 1, dash);
        return at + Long.parseLong(after) + (json.isNumber() ? "-0" : text.substring(dash));
    }
}
