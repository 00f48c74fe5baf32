package io.influtrace.worker.admin;

import io.influtrace.worker.reading.Reading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A filtered list over pages that know no filter: reads on until the part is full, the list ends, or enough was read for
 * one request; a part may then hold fewer, even none, and still have a next.
 */
record Sieve<T>(
        Function<Reading.Span, CompletionStage<Reading.Page<T>>> source,
        Predicate<T> asked,
        Function<T, JsonObject> show) {

    /** Pages read for one request. */
    private static final int MOST_PAGES = 10;

    CompletionStage<Reply> page(Query.Moments span, Page page) {
        return read(span, page.cursor(), page.limit(), new JsonArray(), MOST_PAGES);
    }

    private CompletionStage<Reply> read(Query.Moments span, String cursor, int missing, JsonArray items, int pages) {
        return source.apply(new Reading.Span(span.from(), span.until(), cursor, missing))
                .thenCompose(part -> {
                    part.items().stream().filter(asked).forEach(item -> items.add(show.apply(item)));
                    int left =
                            missing - (int) part.items().stream().filter(asked).count();
                    if (left > 0 && pages > 1 && !part.next().isEmpty()) {
                        return read(span, part.next(), left, items, pages - 1);
                    }
                    JsonObject body = new JsonObject().put("items", items);
                    if (!part.next().isEmpty()) {
                        body.put("next", Page.next(part.next()));
                    }
                    return CompletableFuture.completedFuture(Reply.ok(body));
                });
    }
}
