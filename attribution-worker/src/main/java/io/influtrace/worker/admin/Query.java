package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.Refusal;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;

/** Parameters of a read, each absent or readable. */
final class Query {

    private static final long END_OF_TIME = 253_370_764_800_000L;
    private static final int MOST_DAYS = 400;
    private static final int DEFAULT_DAYS = 30;

    private Query() {}

    /** Milliseconds, {@code from} inclusive and {@code until} exclusive. */
    record Moments(long from, long until) {}

    /** UTC days, both included. */
    record Days(LocalDate from, LocalDate to) {}

    static Optional<String> text(MultiMap query, String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    }

    /** {@code from} and {@code to} as instants or dates; a date as the end means the whole day. */
    static Moments span(MultiMap query) {
        long from = instant(query, "from", Times::from, 0);
        long until = instant(query, "to", Times::until, END_OF_TIME);
        return new Moments(from, until);
    }

    private static long instant(MultiMap query, String name, BiFunction<String, Refusal, Long> read, long otherwise) {
        return text(query, name)
                .map(text -> read.apply(
                        text,
                        Problem.invalid(name, "must be a date or an RFC 3339 instant")
                                .refusal()))
                .orElse(otherwise);
    }

    /** {@code from} and {@code to} as dates; the last thirty days unless said. */
    static Days days(MultiMap query, Clock clock) {
        LocalDate to = date(query, "to").orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate from = date(query, "from").orElseGet(() -> to.minusDays(DEFAULT_DAYS - 1));
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.invalid("from", "and to must span 1 to " + MOST_DAYS + " days")
                    .refusal();
        }
        return new Days(from, to);
    }

    private static Optional<LocalDate> date(MultiMap query, String name) {
        return text(query, name).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException unreadable) {
                throw Problem.invalid(name, "must be a date such as 2026-03-01").refusal();
            }
        });
    }
}
