package io.influtrace.edge.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.RecordMembers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/** What the worker has written of an order, as the answer to whoever reports it again. */
record KnownOrder(JsonNode record) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COMMISSION = 1;
    private static final int VALUE = 3;
    private static final int CURRENCY = 5;

    /** Reads a record; empty where there is none, or none that is understood here. */
    static Optional<KnownOrder> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KnownOrder(JSON.readTree(text)));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    /** A refund that came before. */
    Optional<JsonObject> refund(String refundId) {
        for (JsonNode refund : record.path(RecordMembers.REFUNDS)) {
            if (refund.path(0).asText().equals(refundId)) {
                return Optional.of(new JsonObject().put("status", "duplicate").put("refundId", refundId));
            }
        }
        return Optional.empty();
    }

    /** The decision that stands; empty while there is none, and of an order that was ignored, which may yet come. */
    Optional<JsonObject> decision(String orderId) {
        JsonNode decision = record.path(RecordMembers.DECISION);
        String verdict = decision.path(RecordMembers.VERDICT).asText("credited");
        JsonNode order = record.path(RecordMembers.INPUTS).path(RecordMembers.ORDER);
        Optional<Currency> currency = Money.currency(order.path(2).asText());
        boolean decided = !record.has(RecordMembers.STATE) && !decision.isMissingNode();
        if (!decided || verdict.equals("ignored") || currency.isEmpty()) {
            return Optional.empty();
        }
        boolean credited = verdict.equals("credited");
        long value = order.path(1).asLong();
        JsonObject answer = new JsonObject()
                .put("status", "duplicate")
                .put("orderId", orderId)
                .put("occurredAt", Instant.ofEpochMilli(order.path(0).asLong()).toString())
                .put("value", Money.decimal(value, currency.get()))
                .put("currency", currency.get().getCurrencyCode())
                .put("verdict", verdict)
                .put("signal", decision.path(RecordMembers.SIGNAL).asText(credited ? "link" : "none"));
        if (!credited) {
            answer.put("reason", decision.path(RecordMembers.REASON).asText("no_signal"));
        }
        return Optional.of(answer.put("credits", credits(decision, value, currency.get())));
    }

    private JsonArray credits(JsonNode decision, long orderValue, Currency orderCurrency) {
        JsonNode credits = decision.path(RecordMembers.CREDITS);
        JsonNode creators = record.path(RecordMembers.CREATORS);
        JsonArray shown = new JsonArray();
        for (int i = 0; i < credits.size(); i++) {
            JsonNode credit = credits.path(i);
            Currency paid = Money.currency(credit.path(CURRENCY).asText("")).orElse(orderCurrency);
            long value = credit.path(VALUE).isNumber() ? credit.path(VALUE).asLong() : orderValue;
            shown.add(new JsonObject()
                    .put("creator", creators.path(i).asText())
                    .put("value", Money.decimal(value, orderCurrency))
                    .put("commission", Money.decimal(credit.path(COMMISSION).asLong(), paid))
                    .put("currency", paid.getCurrencyCode()));
        }
        return shown;
    }
}
