package io.influtrace.worker.ledger;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.redis.RedisConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Reads the books out of Redis. */
public final class LedgerReading implements Reading {

    private static final int MAX_DAYS = 400;
    private static final long DAY = 86_400_000;

    private final RedisConnection<String> redis;
    private final Ledger ledger;
    private final Events events;
    private final CouponEvents coupons;
    private final int partitions;

    private LedgerReading(
            RedisConnection<String> redis, RedisConnection<byte[]> bytes, Partitions partitions, Catalog catalog) {
        this.redis = redis;
        this.ledger = new Ledger(redis, partitions);
        this.events = new Events(bytes, ledger, catalog);
        this.coupons = new CouponEvents(ledger, catalog);
        this.partitions = partitions.count();
    }

    /** Reads over two connections of the caller's: one of text, one of bytes for the clicks' rows. */
    public static Reading of(
            RedisConnection<String> text, RedisConnection<byte[]> bytes, Partitions partitions, Catalog catalog) {
        return new LedgerReading(text, bytes, partitions, catalog);
    }

    @Override
    public CompletionStage<Optional<OrderView>> order(OrderIdentity identity) {
        return ledger.read(identity).thenApply(record -> Views.order(identity, record));
    }

    @Override
    public CompletionStage<Page<OrderView>> orders(Span span) {
        PageStart start = PageStart.of(span, 0);
        int most = Math.min(span.limit(), MAX_PAGE);
        List<CompletableFuture<List<PageStart.Listed>>> found = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            int partition = i;
            found.add(TimeIndex.newest(
                            redis, LedgerKeys.orderIndex(partition), span.from(), start.at(), start.enough(most + 1))
                    .thenApply(part -> part.listed().stream()
                            .map(each -> new PageStart.Listed(each.at(), partition, each.name()))
                            .toList())
                    .toCompletableFuture());
        }
        return all(found).thenCompose(lists -> {
            PageStart.Part part =
                    start.part(lists.stream().flatMap(List::stream).toList(), most);
            List<CompletableFuture<Optional<OrderView>>> views = part.listed().stream()
                    .map(listed -> order(OrderIdentity.parse(listed.name())).toCompletableFuture())
                    .toList();
            return all(views)
                    .thenApply(orders ->
                            new Page<>(orders.stream().flatMap(Optional::stream).toList(), part.next()));
        });
    }

    @Override
    public CompletionStage<Optional<EventView>> event(String id) {
        return id.startsWith(CouponEvents.PREFIX)
                ? coupons.event(id)
                : ClickId.parse(id)
                        .map(events::event)
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    }

    @Override
    public CompletionStage<Page<EventView>> events(Span span) {
        return events.page(span, partitions);
    }

    @Override
    public CompletionStage<List<Balance>> balances() {
        return summed(LedgerKeys::balances).thenApply(fields -> {
            Map<String, long[]> sums = new TreeMap<>();
            List<String> states = List.of("pending", "approved", "paid", "adjusted");
            fields.forEach((field, value) -> {
                int tab = field.lastIndexOf('\t');
                int state = states.indexOf(field.substring(tab + 1));
                if (state >= 0) {
                    sums.computeIfAbsent(field.substring(0, tab), key -> new long[4])[state] = value;
                }
            });
            List<Balance> balances = new ArrayList<>();
            sums.forEach((key, sum) -> {
                String[] parts = key.split("\t", -1);
                balances.add(new Balance(parts[0], parts[1], sum[0], sum[1], sum[2], sum[3]));
            });
            return balances;
        });
    }

    @Override
    public CompletionStage<List<DayCount>> days(LocalDate from, LocalDate to) {
        return eachDay(from, to, LedgerKeys::day, (day, fields) -> {
            List<DayCount> counts = new ArrayList<>();
            fields.forEach((field, value) -> {
                String[] part = field.split("\t", -1);
                counts.add(new DayCount(day, part[0], part[1], part[2], part[3], part[4], part[5], value));
            });
            return counts;
        });
    }

    @Override
    public CompletionStage<List<ClickCount>> clicks(LocalDate from, LocalDate to) {
        return eachDay(from, to, Keys::clickCounts, (day, fields) -> {
            List<ClickCount> counts = new ArrayList<>();
            fields.forEach((field, value) -> {
                String[] part = field.split("\\.", -1);
                counts.add(new ClickCount(
                        day,
                        Integer.parseInt(part[0]),
                        Integer.parseInt(part[1]),
                        ClickClass.ofCode(Integer.parseInt(part[2])),
                        value));
            });
            return counts;
        });
    }

    @Override
    public CompletionStage<Page<DeadLetter>> deadLetters(String cursor, int limit) {
        return DeadLetterBox.list(redis, partitions, cursor, Math.min(limit, MAX_PAGE));
    }

    @Override
    public CompletionStage<Optional<DeadLetter>> deadLetter(String id) {
        return DeadLetterBox.find(redis, partitions, id);
    }

    @Override
    public CompletionStage<Boolean> replay(String deadLetterId) {
        return DeadLetterBox.replay(redis, partitions, deadLetterId);
    }

    private interface DayKey {
        String of(int partition, long at);
    }

    private <T> CompletionStage<List<T>> eachDay(
            LocalDate from, LocalDate to, DayKey key, BiFunction<LocalDate, Map<String, Long>, List<T>> rows) {
        if (from.plusDays(MAX_DAYS).isBefore(to)) {
            return CompletableFuture.failedStage(new IllegalArgumentException("more than " + MAX_DAYS + " days"));
        }
        List<CompletableFuture<List<T>>> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            LocalDate each = day;
            long at = each.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            days.add(summed(partition -> key.of(partition, at))
                    .thenApply(fields -> rows.apply(each, fields))
                    .toCompletableFuture());
        }
        return all(days).thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /** The sum over all partitions of hashes that count. */
    private CompletionStage<Map<String, Long>> summed(java.util.function.IntFunction<String> key) {
        List<CompletableFuture<Map<String, String>>> hashes = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            hashes.add(redis.async().hgetall(key.apply(partition)).toCompletableFuture());
        }
        return all(hashes).thenApply(found -> {
            Map<String, Long> sums = new LinkedHashMap<>();
            found.forEach(hash ->
                    new TreeMap<>(hash).forEach((field, value) -> sums.merge(field, Long.parseLong(value), Long::sum)));
            return sums;
        });
    }

    static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> stages.stream().map(CompletableFuture::join).toList());
    }

    static long deadline(ClickId id, long at) {
        return at + id.windowDays() * DAY;
    }
}
