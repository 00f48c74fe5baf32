package io.influtrace.worker.reading;

import java.util.Map;

/**
 * A report that could not be settled.
 *
 * @param id partition and stream id, {@code 3/1700000000000-0}
 * @param reason why
 * @param fields the entry as it came
 */
public record DeadLetter(String id, String reason, Map<String, String> fields) {
    public DeadLetter {
        fields = Map.copyOf(fields);
    }
}
