package io.influtrace.worker.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.ledger.ClickEvents.Bucket;
import io.influtrace.worker.ledger.PageStart.Listed;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.Reading.Page;
import io.influtrace.worker.reading.Reading.Span;
import io.influtrace.worker.redis.RedisConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds clicks' events, one or page by page: their rows, their statuses, and how far they were swept. */
final class Events {

    /** Buckets that one page opens: 64 clicks each. */
    private static final int MAX_BUCKETS = 16;

    /** How far the clicks of a bucket lie from the time by which it is listed: an edge closes it after ten minutes. */
    private static final long BUCKET_SPAN = 600_000;

    private final RedisConnection<byte[]> redis;
    private final Ledger ledger;
    private final Catalog catalog;
    private final ClickEvents clicks;

    Events(RedisConnection<byte[]> redis, Ledger ledger, Catalog catalog) {
        this.redis = redis;
        this.ledger = ledger;
        this.catalog = catalog;
        this.clicks = new ClickEvents(catalog);
    }

    CompletionStage<Optional<EventView>> event(ClickId id) {
        return bucket(id.partition(), Keys.bucket(id), Keys.statuses(id)).thenCompose(bucket -> event(id, bucket));
    }

    private CompletionStage<Optional<EventView>> event(ClickId id, Bucket bucket) {
        String slot = Integer.toString(id.slot());
        byte[] row = bucket.rows().get(slot);
        if (row != null) {
            return CompletableFuture.completedStage(clicks.of(ClickRow.decode(id, row), bucket));
        }
        Optional<String> order = bucket.status(slot).flatMap(Events::order).filter(text -> !text.isEmpty());
        if (order.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return ledger.read(OrderIdentity.parse(order.get()))
                .thenApply(record -> record.ruling()
                        .flatMap(ruling -> ruling.inputs().touches().stream()
                                .filter(touch -> touch.id().equals(id))
                                .findFirst())
                        .flatMap(touch -> clicks.of(touch, bucket)));
    }

    private static Optional<String> order(TouchStatus status) {
        if (status instanceof TouchStatus.Converted converted) {
            return converted.orders().stream().findFirst();
        }
        return status instanceof TouchStatus.Duplicate duplicate ? Optional.of(duplicate.order()) : Optional.empty();
    }

    /** Clicks' events of a span, bucket by bucket from the newest. */
    CompletionStage<Page<EventView>> page(Span span, int partitions) {
        PageStart start = PageStart.of(span, BUCKET_SPAN);
        List<CompletableFuture<List<Listed>>> indexes = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            for (int days : catalog.windows()) {
                indexes.add(listed(partition, Keys.due(partition, days), start, span));
                indexes.add(listed(partition, Keys.kept(partition, days), start, span));
            }
        }
        return LedgerReading.all(indexes).thenCompose(lists -> {
            PageStart.Part part =
                    start.part(lists.stream().flatMap(List::stream).toList(), MAX_BUCKETS);
            List<CompletableFuture<List<EventView>>> views = part.listed().stream()
                    .map(bucket -> views(bucket).toCompletableFuture())
                    .toList();
            return LedgerReading.all(views)
                    .thenApply(all -> new Page<>(
                            all.stream()
                                    .flatMap(List::stream)
                                    .filter(event -> event.at() >= span.from() && event.at() < span.until())
                                    .sorted(Comparator.comparingLong(EventView::at)
                                            .reversed())
                                    .toList(),
                            part.next()));
        });
    }

    private CompletableFuture<List<Listed>> listed(int partition, String index, PageStart start, Span span) {
        return redis.async()
                .zrevrangebyscoreWithScores(index, start.range(span.from() - BUCKET_SPAN), start.limit(MAX_BUCKETS + 1))
                .thenApply(found -> found.stream()
                        .map(each -> new Listed((long) each.getScore(), partition, new String(each.getValue(), UTF_8)))
                        .toList())
                .toCompletableFuture();
    }

    private CompletionStage<List<EventView>> views(Listed listed) {
        String tag = Keys.tag(listed.partition());
        String[] name = listed.name().split(":", -1);
        return bucket(listed.partition(), tag + "c:" + listed.name(), tag + "s:" + listed.name())
                .thenApply(bucket -> {
                    List<EventView> views = new ArrayList<>();
                    bucket.rows().forEach((slot, row) -> {
                        if (row.length == ClickRow.LENGTH && Character.isDigit(slot.charAt(0))) {
                            long sequence = Long.parseLong(name[2], 16) * ClickId.BUCKET_SIZE + Integer.parseInt(slot);
                            ClickId id = new ClickId(
                                    listed.partition(),
                                    Integer.parseInt(name[0]),
                                    Integer.parseUnsignedInt(name[1], 16),
                                    sequence);
                            ClickRow click = ClickRow.decode(id, row);
                            boolean event = click.click().clickClass() == ClickClass.HUMAN
                                    || bucket.statuses().containsKey("p" + slot);
                            if (event) {
                                clicks.of(click, bucket).ifPresent(views::add);
                            }
                        }
                    });
                    return views;
                });
    }

    private CompletionStage<Bucket> bucket(int partition, String rows, String statuses) {
        CompletionStage<Map<String, byte[]>> first = redis.async().hgetall(rows);
        CompletionStage<Map<String, byte[]>> second = redis.async().hgetall(statuses);
        CompletionStage<Long> third = redis.async()
                .get(LedgerKeys.swept(partition))
                .thenApply(text -> text == null ? 0L : Long.parseLong(new String(text, UTF_8)));
        return first.thenCombine(second, (row, status) -> new Bucket(row, status, 0))
                .thenCombine(third, (bucket, swept) -> new Bucket(bucket.rows(), bucket.statuses(), swept));
    }
}
