package io.influtrace.worker.ledger;

import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.TouchChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The final state of a click's event, or a note about it, as the text beside its row. */
public sealed interface TouchStatus {

    /** It earned. */
    record Converted(long at, List<String> orders) implements TouchStatus {
        public Converted {
            orders = List.copyOf(orders);
        }
    }

    /** It gave way; {@code order} is empty where no order was asked. */
    record Duplicate(long at, EventReason reason, String order, Optional<TouchChange.Other> by)
            implements TouchStatus {}

    /** It is no event, but a second click that repeats the first. */
    record Repeat(String first, long firstAt) implements TouchStatus {}

    /** The text of a duplicate or of a note. */
    static String duplicate(TouchChange change, long now, String order) {
        String text = "D\t" + now + "\t" + change.reason().word() + "\t" + order;
        return change.by()
                .map(by -> text + "\t" + by.eventId() + "\t" + by.creator() + "\t" + by.at())
                .orElse(text);
    }

    /** The text of a repeat. */
    static String repeat(String first, long firstAt) {
        return "R\t" + first + "\t" + firstAt;
    }

    /** Reads any text. */
    static TouchStatus read(String text) {
        String[] parts = text.split("\t", -1);
        return switch (parts[0]) {
            case "C" -> new Converted(Long.parseLong(parts[1]), List.of(parts).subList(2, parts.length));
            case "R" -> new Repeat(parts[1], Long.parseLong(parts[2]));
            case "D" ->
                new Duplicate(
                        Long.parseLong(parts[1]),
                        EventReason.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                        parts[3],
                        parts.length < 7
                                ? Optional.empty()
                                : Optional.of(new TouchChange.Other(parts[4], parts[5], Long.parseLong(parts[6]))));
            default -> throw new IllegalArgumentException("an unreadable status");
        };
    }
}
