package io.influtrace.worker.report;

import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.reading.Reading;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
            Optional<String> currency) {

        /** True where nothing is left out of a day. */
        boolean isWhole() {
            return campaign.isEmpty() && creator.isEmpty();
        }

        boolean asks(String handle) {
            return creator.isEmpty() ? !handle.isEmpty() : creator.get().equals(handle);
        }

        boolean asks(DayCount count) {
            return currency.map(count.currency()::equals).orElse(true)
                    && campaign.map(count.campaign()::equals).orElse(true)
                    && creator.map(count.creator()::equals).orElse(true);
        }
    }

    /** Rows by what is asked for and by currency. */
    public CompletionStage<JsonObject> rows(Grouping grouping, Question question) {
        CompletionStage<List<DayCount>> days = reading.days(question.from, question.to);
        if (grouping == Grouping.PRODUCTS) {
            return days.thenApply(counts ->
                    Products.rows(counts.stream().filter(question::asks).toList()));
        }
        Rows rows = new Rows(catalog, grouping, question);
        CompletionStage<List<ClickCount>> clicks = reading.clicks(question.from, question.to);
        CompletionStage<List<Balance>> balances = reading.balances();
        return clicks.thenCompose(clickCounts ->
                days.thenCompose(dayCounts -> balances.thenCompose(standing -> visitors(grouping, question, clickCounts)
                        .thenApply(counts -> rows.of(clickCounts, dayCounts, standing, counts)))));
    }

    /** Distinct visitors, where they are kept by what is asked for: by creator and day, of all campaigns together. */
    private CompletionStage<Map<String, Long>> visitors(Grouping grouping, Question question, List<ClickCount> clicks) {
        boolean counted = grouping == Grouping.CREATORS || grouping == Grouping.DAYS;
        if (!counted || question.campaign.isPresent()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<String, Set<Visitors.Cell>> cells = new TreeMap<>();
        for (ClickCount count : clicks) {
            String handle = catalog.creator(count.creator())
                    .map(timeline -> timeline.now().handle())
                    .orElse("");
            String name = grouping == Grouping.DAYS ? count.day().toString() : handle;
            if (!name.isEmpty() && (question.creator.isEmpty() || question.asks(handle))) {
                cells.computeIfAbsent(name, first -> new TreeSet<>())
                        .add(new Visitors.Cell(count.day(), count.creator()));
            }
        }
        return visitors.count(cells);
    }
}
