package io.influtrace.worker.reading;

import io.influtrace.protocol.order.OrderIdentity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the back office reads. Thread-safe, never blocks; a stage fails where Redis does not answer in time. Pages are
 * newest first and bounded by {@link #MAX_PAGE}.
 */
public interface Reading {

    /** The most that one page holds, and so what one request may cost. */
    int MAX_PAGE = 500;

    /** One order, once it is settled. */
    CompletionStage<Optional<OrderView>> order(OrderIdentity identity);

    /** Settled orders whose time lies in a span. */
    CompletionStage<Page<OrderView>> orders(Span span);

    /** An event by its id: a click's ({@code partition-window-writer-sequence}), or {@code coupon:…}. */
    CompletionStage<Optional<EventView>> event(String id);

    /**
     * Clicks' events whose time lies in a span. A page may hold fewer than its limit, even none, and still have a next.
     */
    CompletionStage<Page<EventView>> events(Span span);

    /** Every creator's sums in every currency, sorted by both. */
    CompletionStage<List<Balance>> balances();

    /** What the orders of some days came to, by UTC day of the order, both ends included; at most 400 days. */
    CompletionStage<List<DayCount>> days(LocalDate from, LocalDate to);

    /** Clicks of some days by link, creator and class, both ends included; at most 400 days. */
    CompletionStage<List<ClickCount>> clicks(LocalDate from, LocalDate to);

    /** Reports that could not be settled, oldest first. */
    CompletionStage<Page<DeadLetter>> deadLetters(String cursor, int limit);

    /** One dead letter by its id. */
    CompletionStage<Optional<DeadLetter>> deadLetter(String id);

    /** Puts a dead letter back into its stream, once; false where there is none of that id any more. */
    CompletionStage<Boolean> replay(String deadLetterId);

    /**
     * A span of time and where to go on in it.
     *
     * @param from milliseconds, inclusive
     * @param until milliseconds, exclusive
     * @param cursor empty for the first page, else {@link Page#next()}
     * @param limit 1 to {@link #MAX_PAGE}
     */
    record Span(long from, long until, String cursor, int limit) {}

    /**
     * One page.
     *
     * @param next the next page's cursor; empty after the last
     */
    record Page<T>(List<T> items, String next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
