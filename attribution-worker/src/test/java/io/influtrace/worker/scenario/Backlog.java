package io.influtrace.worker.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.redis.Connections;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Clicks and reports written into an empty Redis and left there, so that workers of any number and fate can settle them;
 * as often as one likes from the same beginning. Every id in it is the same each
 * time, and the workers' clock stands still.
 */
final class Backlog implements AutoCloseable {

    private static final TokenKeys KEYS = TokenKeys.generate("story", new Random(7));
    private static final CustomerHash HASHES = CustomerHash.of(new byte[32]);

    /** Copies every key from one database into an emptied other. */
    private static final String COPY = """
            redis.call('SELECT', ARGV[2])
            redis.call('FLUSHDB')
            redis.call('SELECT', ARGV[1])
            for _, key in ipairs(redis.call('KEYS', '*')) do
              redis.call('COPY', key, key, 'DB', ARGV[2])
            end
            """;

    private final RedisConnection<byte[]> redis;
    private final Redis client;
    private final Partitions partitions;
    private final StoryClock clock;
    private final CatalogStore store;
    private final StoryWorld world;
    private final StoryEdge edge;
    private final StoryReports reports;
    /** Of workers: far behind the last report, so that it never matters when they come to one. */
    private final Clock workersClock;

    private long written;
    private Optional<Attributor> prompt = Optional.empty();
    private int clicks;

    private Backlog(Redis client, int partitions, String start, Map<String, Object> overrides) throws Exception {
        this.client = client;
        this.partitions = new Partitions(partitions);
        redis = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        redis.async().flushall().get();
        clock = new StoryClock(Instant.parse(start).toEpochMilli());
        workersClock = Clock.fixed(clock.instant().plus(Duration.ofDays(180)), ZoneOffset.UTC);
        store = CatalogStore.open(client, clock);
        world = new StoryWorld(store, HASHES, Node.of("world", overrides));
        edge = new StoryEdge(redis, store.catalog(), ClickTokens.of(KEYS), this.partitions);
        reports = new StoryReports(store.catalog(), edge, HASHES);
    }

    static Backlog on(Redis redis, int partitions, String start, Map<String, Object> world) throws Exception {
        return new Backlog(redis, partitions, start, world);
    }

    Partitions partitions() {
        return partitions;
    }

    /** Moves the clock of the edge. */
    void pass(long millis) {
        clock.moveTo(clock.millis() + millis);
    }

    /** Has a worker settle every report as soon as it is written. */
    void promptly(Attributor worker) {
        prompt = Optional.of(worker);
    }

    void click(Map<String, Object> click) throws Exception {
        clicks++;
        edge.click(clock.millis(), Node.of("click", click));
    }

    /** Clicks so far. */
    int clicks() {
        return clicks;
    }

    void order(Map<String, Object> order) throws Exception {
        Optional<? extends Report> report = reports.order(clock.millis(), Node.of("order", order));
        if (report.isPresent()) {
            add(
                    report.get(),
                    reports.identity(Node.of("order", order).need("id")).text());
        }
    }

    void refund(Map<String, Object> refund) throws Exception {
        Optional<? extends Report> report = reports.refund(clock.millis(), Node.of("refund", refund));
        if (report.isPresent()) {
            String order = Node.of("refund", refund).need("order");
            add(report.get(), reports.identity(order).text());
        }
    }

    void ping(String visitor) throws Exception {
        add(new PingReport("shop", clock.millis(), edge.keptBy(visitor)), "visitor " + visitor);
    }

    void survey(String order, String creator) throws Exception {
        OrderIdentity identity = reports.identity(order);
        add(
                new SurveyReport("shop", identity, clock.millis(), Optional.of(creator), Optional.empty()),
                identity.text());
    }

    void change(Map<String, Object> change) {
        world.change(clock.millis(), Node.of("change", change));
    }

    void add(Report report, String name) throws Exception {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        ReportFields.write(report).forEach((field, value) -> fields.put(field, value.getBytes(UTF_8)));
        add(fields, name);
    }

    /** Any entry, in the partition of a name. */
    void add(Map<String, byte[]> fields, String name) throws Exception {
        XAddArgs id = new XAddArgs().id(clock.millis() + "-" + ++written);
        redis.async().xadd(Keys.reports(partitions.ofName(name)), id, fields).get();
        prompt.ifPresent(Attributor::round);
    }

    /** Keeps what was written, for {@link #again()}. */
    void keep() throws Exception {
        copy("0", "1");
    }

    /** Puts everything back as it was when it was kept. */
    void again() throws Exception {
        copy("1", "0");
    }

    private void copy(String from, String to) throws Exception {
        redis.async()
                .eval(COPY, ScriptOutputType.STATUS, new String[0], from.getBytes(UTF_8), to.getBytes(UTF_8))
                .get();
    }

    /** A worker over these books. */
    Attributor worker(Connections connections, String name, Witness witness) {
        return Attributor.watched(connections, store.catalog(), workersClock, partitions, KEYS, name, witness);
    }

    Attributor worker(String name) {
        return worker(client, name, Witness.NOBODY);
    }

    /** A worker under rules of one's own. */
    Attributor worker(String name, Attributor.Rules rules) {
        return Attributor.of(client, store.catalog(), workersClock, partitions, KEYS, name, rules);
    }

    /** All that stands in the books now. */
    EndState state() throws Exception {
        return EndState.of(redis, partitions);
    }

    /** Entries that are not settled. */
    long unsettled() throws Exception {
        long sum = 0;
        for (int partition = 0; partition < partitions.count(); partition++) {
            String key = Keys.reports(partition);
            if (redis.async().exists(key).get() == 0) {
                continue;
            }
            String script =
                    "local g = redis.call('XINFO', 'GROUPS', KEYS[1]) if #g == 0 then return redis.call('XLEN', KEYS[1]) end "
                            + "return g[1][6] + #redis.call('XRANGE', KEYS[1], '(' .. g[1][8], '+')";
            Long of = redis.async()
                    .<Long>eval(script, ScriptOutputType.INTEGER, new String[] {key})
                    .get();
            sum += of;
        }
        return sum;
    }

    @Override
    public void close() {
        store.close();
        redis.close();
    }
}
