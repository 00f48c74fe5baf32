package io.influtrace.worker.report;

import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.reading.Reading;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The reports, each read from counters and answered as rows. */
public final class Reports {

    private final Reading reading;
    private final Catalog catalog;
    private final Visitors visitors;

    /** Reports over the books, in the catalog's words. */
    public Reports(Reading reading, Catalog catalog, Visitors visitors) {
        this.reading = reading;
        this.catalog = catalog;
        this.visitors = visitors;
    }

    /**
     * What is asked for.
     *
     * @param from UTC day, included, as {@code to} is; at most 400 days
     */
    public record Question(
            LocalDate from,
            LocalDate to,
            Optional<String> campaign,
            Optional<String> creator,
            Optional<String> currency) {}

    /** Rows by creator and currency. */
    public CompletionStage<JsonObject> creators(Question question) {
        Predicate<String> shown =
                creator -> question.creator.isEmpty() || question.creator.get().equals(creator);
        CreatorRows rows = new CreatorRows(catalog, question.campaign, question.currency);
        CompletionStage<List<ClickCount>> clicks = reading.clicks(question.from, question.to);
        CompletionStage<List<DayCount>> days = reading.days(question.from, question.to);
        CompletionStage<List<Balance>> balances = reading.balances();
        return clicks.thenCompose(clickCounts -> days.thenCompose(dayCounts -> balances.thenCompose(
                standing -> visitors.count(handles(clickCounts, question.creator), question.from, question.to)
                        .thenApply(counts -> rows.of(clickCounts, dayCounts, standing, counts, shown)))));
    }

    private List<String> handles(List<ClickCount> clicks, Optional<String> only) {
        return only.map(List::of)
                .orElseGet(() -> clicks.stream()
                        .map(ClickCount::creator)
                        .distinct()
                        .flatMap(number -> catalog.creator(number)
                                .map(timeline -> Stream.of(timeline.now().handle()))
                                .orElseGet(Stream::empty))
                        .toList());
    }
}
