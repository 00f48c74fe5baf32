package io.influtrace.worker.admin;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.reading.Reading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Books that a test writes itself, read as the real ones are: newest first, in pages. */
final class WrittenBooks implements Reading {

    final List<OrderView> orders = new ArrayList<>();
    final List<EventView> events = new ArrayList<>();
    final List<Balance> balances = new ArrayList<>();
    final List<DayCount> days = new ArrayList<>();
    final List<ClickCount> clicks = new ArrayList<>();

    /** An order of shop with a code of a creator, or with one that nobody mapped; decided as the worker decides. */
    static OrderView order(String id, long at, Optional<String> creator, long refunded) {
        OrderFacts facts = new OrderFacts("shop", id, "connected", at, 10_000, "USD", 0, 0);
        CouponFacts code = new CouponFacts(
                "CODE10",
                creator.isPresent() ? CouponFacts.Standing.MAPPED : CouponFacts.Standing.UNKNOWN,
                creator.map(handle -> new CouponFacts.Mapping(handle, "spring", "main")),
                false,
                List.of());
        PolicyFacts policy = new PolicyFacts("main", 1, Model.LAST_CLICK, 30, Commission.percent("10"), Map.of());
        Inputs inputs = new Inputs(facts, List.of(code), List.of(), List.of(), Map.of("main", policy), Map.of());
        Decision decision = Attribution.decide(inputs);
        return new OrderView(
                new OrderIdentity("shop", id),
                inputs,
                decision,
                Accounting.standing(inputs, decision, refunded),
                refunded,
                false,
                refunded == 0 ? List.of() : List.of(new OrderView.RefundView("r1", refunded, at + 1, false)),
                Optional.empty(),
                false,
                List.of(),
                0);
    }

    @Override
    public CompletionStage<Optional<OrderView>> order(OrderIdentity identity) {
        return done(orders.stream()
                .filter(order -> order.identity().equals(identity))
                .findFirst());
    }

    @Override
    public CompletionStage<Page<OrderView>> orders(Span span) {
        return done(page(
                orders.stream()
                        .filter(order -> within(span, order.inputs().order().occurredAt()))
                        .toList(),
                span));
    }

    @Override
    public CompletionStage<Optional<EventView>> event(String id) {
        return done(events.stream().filter(event -> event.id().equals(id)).findFirst());
    }

    @Override
    public CompletionStage<Page<EventView>> events(Span span) {
        return done(page(
                events.stream().filter(event -> within(span, event.at())).toList(), span));
    }

    @Override
    public CompletionStage<List<Balance>> balances() {
        return done(balances);
    }

    @Override
    public CompletionStage<List<DayCount>> days(LocalDate from, LocalDate to) {
        return done(days.stream().filter(count -> within(from, to, count.day())).toList());
    }

    @Override
    public CompletionStage<List<ClickCount>> clicks(LocalDate from, LocalDate to) {
        return done(
                clicks.stream().filter(count -> within(from, to, count.day())).toList());
    }

    @Override
    public CompletionStage<Page<DeadLetter>> deadLetters(String cursor, int limit) {
        return done(new Page<>(List.of(), ""));
    }

    @Override
    public CompletionStage<Optional<DeadLetter>> deadLetter(String id) {
        return done(Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> replay(String deadLetterId) {
        return done(false);
    }

    private static boolean within(Span span, long at) {
        return span.from() <= at && at < span.until();
    }

    private static boolean within(LocalDate from, LocalDate to, LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    private static <T> Page<T> page(List<T> all, Span span) {
        int start = span.cursor().isEmpty() ? 0 : Integer.parseInt(span.cursor());
        int end = Math.min(all.size(), start + span.limit());
        return new Page<>(all.subList(start, end), end < all.size() ? Integer.toString(end) : "");
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
