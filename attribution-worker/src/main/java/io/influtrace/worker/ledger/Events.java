package io.influtrace.worker.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.catalog.Timeline;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.Reading.Page;
import io.influtrace.worker.reading.Reading.Span;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads events out of rows, statuses, notes and sweeps; a code's event out of its order's record. */
final class Events {

    private final RedisConnection<byte[]> redis;
    private final Ledger ledger;
    private final Catalog catalog;

    Events(RedisConnection<byte[]> redis, Ledger ledger, Catalog catalog) {
        this.redis = redis;
        this.ledger = ledger;
        this.catalog = catalog;
    }

    /** What lies beside and in a bucket, as text but for the rows. */
    private record Bucket(Map<String, byte[]> rows, Map<String, byte[]> statuses, long swept) {
        Optional<TouchStatus> status(String field) {
            byte[] text = statuses.get(field);
            return text == null ? Optional.empty() : Optional.of(TouchStatus.read(new String(text, UTF_8)));
        }

        /** The clock that decides about a touch with or without a row. */
        long clock(boolean row) {
            byte[] own = rows.get("w");
            long clock = own == null ? 0 : Long.parseLong(new String(own, UTF_8));
            return row ? clock : Math.max(clock, swept);
        }
    }

    /** What is known of a click without its status. */
    private record Known(ClickId id, long at, String creator, String link, String campaign, String visitor) {}

    CompletionStage<Optional<EventView>> event(String id) {
        if (id.startsWith("coupon:")) {
            return couponEvent(id);
        }
        Optional<ClickId> click = ClickId.parse(id);
        if (click.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return bucket(click.get().partition(), Keys.bucket(click.get()), Keys.statuses(click.get()))
                .thenCompose(bucket -> event(click.get(), bucket));
    }

    private CompletionStage<Optional<EventView>> event(ClickId id, Bucket bucket) {
        byte[] row = bucket.rows.get(Integer.toString(id.slot()));
        if (row != null) {
            return CompletableFuture.completedStage(view(known(ClickRow.decode(id, row)), bucket, true));
        }
        Optional<String> order = bucket.status(Integer.toString(id.slot()))
                .flatMap(status -> status instanceof TouchStatus.Converted converted
                        ? converted.orders().stream().findFirst()
                        : status instanceof TouchStatus.Duplicate duplicate
                                ? Optional.of(duplicate.order())
                                : Optional.empty())
                .filter(text -> !text.isEmpty());
        if (order.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return ledger.read(OrderIdentity.parse(order.get()))
                .thenApply(record -> record.ruling()
                        .flatMap(ruling -> ruling.inputs().touches().stream()
                                .filter(touch -> touch.id().equals(id))
                                .findFirst())
                        .flatMap(touch -> view(known(touch), bucket, false)));
    }

    /** Clicks' events of the buckets whose first click lies in the span, bucket by bucket from the newest. */
    CompletionStage<Page<EventView>> page(Span span, int partitions) {
        long until = span.cursor().isEmpty() ? span.until() : Long.parseLong(span.cursor());
        Range<Long> range = Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(until));
        List<CompletableFuture<List<Found>>> indexes = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            for (int days : catalog.windows()) {
                for (String index : List.of(Keys.due(partition, days), Keys.kept(partition, days))) {
                    int where = partition;
                    indexes.add(redis.async()
                            .zrevrangebyscoreWithScores(index, range, Limit.create(0, span.limit()))
                            .thenApply(found -> found.stream()
                                    .map(each -> new Found(
                                            where, new String(each.getValue(), UTF_8), (long) each.getScore()))
                                    .toList())
                            .toCompletableFuture());
                }
            }
        }
        return LedgerReading.all(indexes).thenCompose(lists -> {
            List<Found> newest = lists.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(Found::at).reversed())
                    .toList();
            List<Found> taken = newest.stream().limit(MAX_BUCKETS).toList();
            List<CompletableFuture<List<EventView>>> views = taken.stream()
                    .map(found -> views(found).toCompletableFuture())
                    .toList();
            boolean over = taken.size() == newest.size() || taken.isEmpty();
            String next = over ? "" : Long.toString(taken.get(taken.size() - 1).at());
            return LedgerReading.all(views)
                    .thenApply(all -> new Page<>(
                            all.stream()
                                    .flatMap(List::stream)
                                    .filter(event -> event.at() >= span.from() && event.at() < span.until())
                                    .sorted(Comparator.comparingLong(EventView::at)
                                            .reversed())
                                    .toList(),
                            next));
        });
    }

    /** Buckets that one page opens: 64 clicks each. */
    private static final int MAX_BUCKETS = 16;

    private record Found(int partition, String bucket, long at) {}

    private CompletionStage<List<EventView>> views(Found found) {
        String tag = Keys.tag(found.partition);
        String[] name = found.bucket.split(":", -1);
        return bucket(found.partition, tag + "c:" + found.bucket, tag + "s:" + found.bucket)
                .thenApply(bucket -> {
                    List<EventView> views = new ArrayList<>();
                    bucket.rows.forEach((slot, row) -> {
                        if (row.length == ClickRow.LENGTH && Character.isDigit(slot.charAt(0))) {
                            long sequence = Long.parseLong(name[2], 16) * ClickId.BUCKET_SIZE + Integer.parseInt(slot);
                            ClickId id = new ClickId(
                                    found.partition,
                                    Integer.parseInt(name[0]),
                                    Integer.parseUnsignedInt(name[1], 16),
                                    sequence);
                            ClickRow click = ClickRow.decode(id, row);
                            boolean event = click.click().clickClass() == ClickClass.HUMAN
                                    || bucket.statuses.containsKey("p" + slot);
                            if (event) {
                                view(known(click), bucket, true).ifPresent(views::add);
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
        return first.thenCombine(second, (row, status) -> new Bucket(new HashMap<>(row), status, 0))
                .thenCombine(third, (bucket, swept) -> new Bucket(bucket.rows, bucket.statuses, swept));
    }

    private Optional<EventView> view(Known click, Bucket bucket, boolean row) {
        String slot = Integer.toString(click.id.slot());
        Optional<TouchStatus> status = bucket.status(slot);
        long deadline = LedgerReading.deadline(click.id, click.at);
        if (status.isEmpty()) {
            long clock = bucket.clock(row);
            if (clock <= deadline + Touches.GRACE) {
                return Optional.of(view(click, "pending", "", 0, deadline, List.of(), Optional.empty()));
            }
            if (bucket.status("n" + slot).orElse(null) instanceof TouchStatus.Duplicate note) {
                return Optional.of(
                        view(click, "duplicate", note.reason().word(), clock, deadline, List.of(), note.by()));
            }
            String elapsed = EventReason.WINDOW_ELAPSED.word();
            return Optional.of(view(click, "expired", elapsed, clock, deadline, List.of(), Optional.empty()));
        }
        if (status.get() instanceof TouchStatus.Converted converted) {
            return Optional.of(view(
                    click,
                    "converted",
                    EventReason.CONVERTED.word(),
                    converted.at(),
                    deadline,
                    converted.orders(),
                    Optional.empty()));
        }
        if (status.get() instanceof TouchStatus.Duplicate duplicate) {
            List<String> orders = duplicate.order().isEmpty() ? List.of() : List.of(duplicate.order());
            return Optional.of(view(
                    click, "duplicate", duplicate.reason().word(), duplicate.at(), deadline, orders, duplicate.by()));
        }
        return Optional.empty();
    }

    private static EventView view(
            Known click,
            String status,
            String reason,
            long changedAt,
            long deadline,
            List<String> orders,
            Optional<io.influtrace.worker.attribution.TouchChange.Other> by) {
        return new EventView(
                click.id.text(),
                Optional.of(click.creator).filter(text -> !text.isEmpty()),
                click.link,
                click.campaign,
                Optional.of(click.visitor).filter(text -> !text.isEmpty()),
                click.at,
                "link",
                status,
                reason,
                changedAt,
                deadline,
                orders,
                by);
    }

    private Known known(ClickRow row) {
        Click click = row.click();
        Optional<Link> link = catalog.link(click.link())
                .flatMap(line -> line.versions().stream()
                        .map(Timeline.Version::value)
                        .filter(version -> version.number() == click.link())
                        .findFirst());
        return new Known(
                click.id(),
                click.at(),
                catalog.creator(click.creator())
                        .map(Timeline::now)
                        .map(Creator::handle)
                        .orElse(""),
                link.map(Link::slug).orElse(""),
                link.map(Link::campaign).orElse(""),
                row.visitor() == 0 ? "" : Long.toHexString(row.visitor()));
    }

    private static Known known(TouchFacts touch) {
        return new Known(touch.id(), touch.at(), touch.handle().orElse(""), touch.link(), touch.campaign(), "");
    }

    /** {@code coupon:{integration}/{orderId}} with the code behind it for one set aside; an order id may have slashes. */
    private CompletionStage<Optional<EventView>> couponEvent(String id) {
        String text = id.substring("coupon:".length());
        int slash = text.indexOf('/');
        if (slash < 0) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        String scope = catalog.integration(text.substring(0, slash))
                .map(line -> line.now().scope())
                .orElse(text.substring(0, slash));
        String orderId = text.substring(slash + 1);
        return couponEvent(id, scope, orderId).thenCompose(found -> {
            int last = orderId.lastIndexOf('/');
            return found.isPresent() || last < 1
                    ? CompletableFuture.completedStage(found)
                    : couponEvent(id, scope, orderId.substring(0, last));
        });
    }

    private CompletionStage<Optional<EventView>> couponEvent(String id, String scope, String orderId) {
        if (orderId.isEmpty() || orderId.length() > OrderIdentity.MAX_ORDER_ID) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        OrderIdentity identity = new OrderIdentity(scope, orderId);
        return ledger.read(identity).thenApply(record -> Views.couponEvent(identity, record, id));
    }
}
