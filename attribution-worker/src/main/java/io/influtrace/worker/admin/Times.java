package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as people and programs write them, in and out. */
final class Times {

    private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    private Times() {}

    /** RFC 3339, UTC. */
    static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** Milliseconds of an instant, or of a date's first moment. */
    static long from(String text, Refusal otherwise) {
        return millis(text, 0, otherwise);
    }

    /** Milliseconds of an instant, or of the first moment after a date. */
    static long until(String text, Refusal otherwise) {
        return millis(text, 1, otherwise);
    }

    private static long millis(String text, int days, Refusal otherwise) {
        try {
            Instant instant = text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (instant.toEpochMilli() >= 0 && instant.toEpochMilli() <= LATEST) {
                return instant.toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // Refused below, with what lies outside all calendars.
        }
        throw otherwise;
    }
}
