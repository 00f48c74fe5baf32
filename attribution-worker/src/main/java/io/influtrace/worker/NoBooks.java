package io.influtrace.worker;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.redis.RedisAway;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The books of a worker that keeps none yet: every question is refused, for an empty answer would be a wrong one. */
final class NoBooks implements Reading {

    @Override
    public CompletionStage<Optional<OrderView>> order(OrderIdentity identity) {
        return refused();
    }

    @Override
    public CompletionStage<Page<OrderView>> orders(Span span) {
        return refused();
    }

    @Override
    public CompletionStage<Optional<EventView>> event(String id) {
        return refused();
    }

    @Override
    public CompletionStage<Page<EventView>> events(Span span) {
        return refused();
    }

    @Override
    public CompletionStage<List<Balance>> balances() {
        return refused();
    }

    @Override
    public CompletionStage<List<DayCount>> days(LocalDate from, LocalDate to) {
        return refused();
    }

    @Override
    public CompletionStage<List<ClickCount>> clicks(LocalDate from, LocalDate to) {
        return refused();
    }

    @Override
    public CompletionStage<Page<DeadLetter>> deadLetters(String cursor, int limit) {
        return refused();
    }

    @Override
    public CompletionStage<Boolean> replay(String deadLetterId) {
        return refused();
    }

    private static <T> CompletionStage<T> refused() {
        return CompletableFuture.failedStage(new RedisAway(new IllegalStateException("no books are kept yet")));
    }
}
