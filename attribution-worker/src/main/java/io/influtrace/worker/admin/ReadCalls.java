package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.report.EventJson;
import io.influtrace.worker.report.Grouping;
import io.influtrace.worker.report.OrderJson;
import io.influtrace.worker.report.Reports;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Orders, events and reports, each caller seeing what their role may. */
final class ReadCalls {

    private final Reading reading;
    private final Reports reports;
    private final Catalog catalog;
    private final Clock clock;

    ReadCalls(Reading reading, Reports reports, Catalog catalog, Clock clock) {
        this.reading = reading;
        this.reports = reports;
        this.catalog = catalog;
        this.clock = clock;
    }

    CompletionStage<Reply> orders(MultiMap query, Caller caller) {
        Optional<String> creator = only(query, caller);
        Optional<String> integration = Query.text(query, "integration");
        Optional<String> verdict = Query.text(query, "verdict");
        Predicate<OrderView> asked = view ->
                integration.map(view.inputs().order().integration()::equals).orElse(true)
                        && verdict.map(view.decision().verdict().word()::equals).orElse(true)
                        && creator.map(handle -> OrderJson.credits(view, handle))
                                .orElse(true);
        Sieve<OrderView> sieve = new Sieve<>(
                reading::orders,
                asked,
                view -> caller.creator()
                        .map(handle -> OrderJson.own(view, handle))
                        .orElseGet(() -> OrderJson.whole(view)));
        return sieve.page(Query.span(query), Page.of(query));
    }

    CompletionStage<Reply> order(String integration, String orderId, Caller caller) {
        if (orderId.isEmpty() || orderId.length() > OrderIdentity.MAX_ORDER_ID || integration.indexOf('/') >= 0) {
            return absent("Order " + orderId);
        }
        String scope = catalog.integration(integration)
                .map(timeline -> timeline.now().scope())
                .orElse(integration);
        return reading.order(new OrderIdentity(scope, orderId)).thenCompose(found -> {
            Optional<Reply> shown = caller.creator().isEmpty()
                    ? found.map(view -> Reply.ok(OrderJson.page(view)))
                    : found.filter(view ->
                                    OrderJson.credits(view, caller.creator().get()))
                            .map(view -> Reply.ok(
                                    OrderJson.own(view, caller.creator().get())));
            return shown.<CompletionStage<Reply>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> absent("A settled order " + orderId + " of " + integration));
        });
    }

    CompletionStage<Reply> events(MultiMap query, Caller caller) {
        Optional<String> creator = only(query, caller);
        Optional<String> status = Query.text(query, "status");
        Optional<String> link = Query.text(query, "link");
        Predicate<EventView> asked = event -> (creator.isEmpty() || creator.equals(event.creator()))
                && status.map(event.status()::equals).orElse(true)
                && link.map(event.link()::equals).orElse(true);
        Sieve<EventView> sieve = new Sieve<>(
                reading::events,
                asked,
                event -> caller.creator().isPresent() ? EventJson.own(event) : EventJson.whole(event));
        return sieve.page(Query.span(query), Page.of(query));
    }

    CompletionStage<Reply> event(String id, Caller caller) {
        return reading.event(id)
                .thenCompose(found -> found.filter(event ->
                                caller.creator().isEmpty() || caller.creator().equals(event.creator()))
                        .map(event ->
                                Reply.ok(caller.creator().isPresent() ? EventJson.own(event) : EventJson.whole(event)))
                        .<CompletionStage<Reply>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> absent("Event " + id)));
    }

    CompletionStage<Reply> report(Grouping grouping, MultiMap query, Caller caller, boolean csv) {
        Query.Days days = Query.days(query, clock);
        return reports.rows(
                        grouping,
                        new Reports.Question(
                                days.from(),
                                days.to(),
                                Query.text(query, "campaign"),
                                only(query, caller),
                                Query.text(query, "currency")))
                .thenApply(rows -> Reply.table(200, rows, "rows", csv));
    }

    /** Whose numbers are asked for: a creator's token never sees another's. */
    private static Optional<String> only(MultiMap query, Caller caller) {
        return caller.creator().or(() -> Query.text(query, "creator"));
    }

    private static CompletionStage<Reply> absent(String what) {
        return CompletableFuture.failedFuture(Problem.unknown(what).refusal());
    }
}
