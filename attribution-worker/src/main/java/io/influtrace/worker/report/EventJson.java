package io.influtrace.worker.report;

import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.reading.EventView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One event of the attribution log. */
public final class EventJson {

    /** All that a creator is told of an event that was set aside. */
    private static final String FLAGGED = "flagged for review";

    private EventJson() {}

    /** All of it, for those who may see everything. */
    public static JsonObject whole(EventView event) {
        JsonObject shown = head(event);
        event.visitor().ifPresent(visitor -> shown.put("visitor", visitor));
        if (!event.reason().isEmpty()) {
            shown.put("reason", event.reason());
        }
        JsonArray orders = new JsonArray();
        event.orders().forEach(orders::add);
        shown.put("orderIds", orders);
        event.by().ifPresent(other -> shown.put("supersededBy", other(other)));
        return shown.put("explanation", explanation(event));
    }

    /** What the event's own creator may see: neither whose it became nor which orders they were. */
    public static JsonObject own(EventView event) {
        JsonObject shown = head(event);
        return event.status().equals("duplicate") ? shown.put("explanation", FLAGGED) : shown;
    }

    private static JsonObject head(EventView event) {
        JsonObject shown = new JsonObject().put("id", event.id());
        event.creator().ifPresent(creator -> shown.put("creator", creator));
        shown.put("link", event.link())
                .put("campaign", event.campaign())
                .put("at", Amounts.time(event.at()))
                .put("signal", event.signal())
                .put("status", event.status());
        if (event.changedAt() > 0) {
            shown.put("changedAt", Amounts.time(event.changedAt()));
        }
        return shown.put("deadline", Amounts.time(event.deadline()));
    }

    private static JsonObject other(TouchChange.Other other) {
        return new JsonObject()
                .put("eventId", other.eventId())
                .put("creator", other.creator())
                .put("at", Amounts.time(other.at()));
    }

    private static String explanation(EventView event) {
        String orders = String.join(", ", event.orders());
        String by = event.by()
                .map(other -> " (" + other.creator() + ", " + other.eventId() + ", " + Amounts.time(other.at()) + ")")
                .orElse("");
        return switch (event.reason()) {
            case "" -> "Waiting for an order until " + Amounts.time(event.deadline()) + ".";
            case "converted" -> "Earned credit in " + orders + ".";
            case "window_elapsed" -> "No order that it could earn came by " + Amounts.time(event.deadline()) + ".";
            case "superseded_by_newer_referral" -> "The same visitor clicked again" + by + "; the later click counts.";
            case "superseded_by_first_click" -> "An earlier click of the same visitor holds" + by + ".";
            case "superseded_by_coupon" -> "Another creator's code took the order " + orders + by + ".";
            case "second_coupon" -> "Another code on the order " + orders + " came first" + by + ".";
            case "self_referral" ->
                "The buyer of " + orders + " is "
                        + event.creator().map(creator -> creator + ", ").orElse("") + "the creator.";
            default -> event.reason() + by;
        };
    }
}
