package io.influtrace.worker.scenario;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A story told by reports, for those that no step of a scenario can tell; the world and the worker are the scenarios'. Days
 * count from the beginning of 2026, and the clock moves with the clicks alone: reports come in any order.
 */
final class ReportedStory implements AutoCloseable {

    private static final Partitions PARTITIONS = new Partitions(Partitions.DEFAULT_COUNT);
    private static final TokenKeys KEYS = TokenKeys.generate("story", new Random(7));
    private static final CustomerHash HASHES = CustomerHash.of(new byte[32]);
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Redis redis;
    private final RedisConnection<byte[]> connection;
    private final CatalogStore store;
    private final StoryClock clock;
    private final StoryWorld world;
    private final StoryEdge edge;
    private StoryWorker worker;
    private int workers;
    private long now = START + 400 * DAY;

    private ReportedStory(Redis redis) {
        this.redis = redis;
        this.connection = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        connection.async().flushall().toCompletableFuture().join();
        this.clock = new StoryClock(START);
        this.store = CatalogStore.open(redis, clock);
        this.world = new StoryWorld(store, HASHES, Node.of("world", Map.of()));
        this.edge = new StoryEdge(connection, store.catalog(), ClickTokens.of(KEYS), PARTITIONS);
        this.worker = start();
    }

    static ReportedStory on(Redis redis) {
        return new ReportedStory(redis);
    }

    private StoryWorker start() {
        return RealWorker.start(redis, store.catalog(), clock, PARTITIONS, KEYS, "worker-" + ++workers);
    }

    /** An order as a signed source reports it, until told otherwise. */
    record Order(OrderReport report, ReportedStory story) {

        Order clicked(String... names) {
            return with(report.source(), story.edge.tokens(List.of(names)), report.coupons());
        }

        Order coded(String code) {
            return with(
                    report.source(),
                    report.tokens(),
                    CouponCode.of(code).stream().toList());
        }

        Order byPixel() {
            return with(Source.PIXEL, report.tokens(), report.coupons());
        }

        Order renewing(String orderId) {
            return new Order(report.renewing(Optional.of(orderId)), story);
        }

        Order stated(int day) {
            return new Order(report.statedAt(at(day)), story);
        }

        private Order with(Source source, List<String> tokens, List<CouponCode> codes) {
            return new Order(
                    new OrderReport(
                                    report.integration(),
                                    report.identity(),
                                    source,
                                    report.occurredAt(),
                                    report.receivedAt(),
                                    report.integrationStatus(),
                                    report.value(),
                                    report.currency(),
                                    report.tax(),
                                    report.shipping(),
                                    report.discount(),
                                    codes,
                                    tokens,
                                    report.ref(),
                                    report.customer(),
                                    report.paymentStatus(),
                                    report.items())
                            .renewing(report.renews()),
                    story);
        }
    }

    String click(int day, String creator) throws Exception {
        String name = creator + "@" + day;
        clock.moveTo(Math.max(clock.millis(), at(day)));
        edge.click(at(day), Node.of("click", Map.of("visitor", "v", "link", "spring", "creator", creator, "as", name)));
        return name;
    }

    Order order(int day, String id, long value) {
        return new Order(
                new OrderReport(
                        "shop",
                        new OrderIdentity("shop", id),
                        Source.WEBHOOK,
                        at(day),
                        now++,
                        "connected",
                        value,
                        "USD",
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                this);
    }

    RefundReport refund(int day, String order, String id, long value) {
        return refund(day, order, id, value, false);
    }

    RefundReport running(int day, String order, String id, long value) {
        return refund(day, order, id, value, true);
    }

    private RefundReport refund(int day, String order, String id, long value, boolean running) {
        return new RefundReport(
                "shop",
                new OrderIdentity("shop", order),
                Source.WEBHOOK,
                id,
                at(day),
                now++,
                OptionalLong.of(value),
                "USD",
                false,
                running);
    }

    NameReport name(int day, String name, String orderId) {
        return new NameReport("shop", new OrderIdentity("shop", name), at(day), orderId);
    }

    void change(int day, Map<String, Object> changes) {
        world.change(at(day), Node.of("change", changes));
    }

    void forget() throws Exception {
        edge.forget();
    }

    void report(Order order) throws Exception {
        report(order.report());
    }

    void report(Report report) throws Exception {
        add(report);
        worker.settle();
    }

    void reportAndDie(Order order, StoryWorker.CrashPoint point) throws Exception {
        add(order.report());
        worker.settleAndDie(point);
        worker.close();
        worker = start();
        worker.settle();
        worker.sweep();
        worker.settle();
    }

    private void add(Report report) throws Exception {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        Map<String, String> texts = ReportFields.write(report);
        texts.forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
        OrderIdentity identity = OrderIdentity.parse(texts.getOrDefault("id", ""));
        connection.async().xadd(Keys.reports(PARTITIONS.of(identity)), fields).get();
    }

    Optional<OrderView> found(String id) throws Exception {
        return worker.reading()
                .order(new OrderIdentity("shop", id))
                .toCompletableFuture()
                .get();
    }

    OrderView view(String id) throws Exception {
        return found(id).orElseThrow(() -> new AssertionError("no order " + id));
    }

    /** Each credit as creator, value and commission, minor units. */
    List<String> credits(String id) throws Exception {
        return view(id).standing().stream().map(ReportedStory::credit).toList();
    }

    private static String credit(Accounting.Standing standing) {
        return standing.credit().creator() + " " + standing.value() + " " + standing.commission();
    }

    String clickId(String name) {
        return edge.id(name).orElseThrow().text();
    }

    EventView event(String id) throws Exception {
        return worker.reading()
                .event(id)
                .toCompletableFuture()
                .get()
                .orElseThrow(() -> new AssertionError("no event " + id));
    }

    /** What a creator has pending, minor units of USD. */
    long pending(String creator) throws Exception {
        return worker.reading().balances().toCompletableFuture().get().stream()
                .filter(balance ->
                        balance.creator().equals(creator) && balance.currency().equals("USD"))
                .mapToLong(balance -> balance.pending())
                .sum();
    }

    private static long at(int day) {
        return START + day * DAY;
    }

    @Override
    public void close() {
        worker.close();
        store.close();
        connection.close();
    }
}
