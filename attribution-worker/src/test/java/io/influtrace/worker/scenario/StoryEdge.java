package io.influtrace.worker.scenario;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.Campaign;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.catalog.Timeline;
import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.ledger.Touches;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.ZAddArgs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Writes clicks as a cookieless edge would, bucket by bucket, and keeps the tokens that each visitor's pixel keeps. */
final class StoryEdge {

    private static final int KEPT = 10;
    private static final long BUCKET_OPEN = 600_000;
    private static final int WRITER = 0x5709_e001;

    private final RedisConnection<byte[]> redis;
    private final Catalog catalog;
    private final ClickTokens tokens;
    private final Partitions partitions;
    private final Map<String, List<String>> kept = new HashMap<>();
    private final Map<String, Click> clicks = new LinkedHashMap<>();
    private final Set<String> untracked = new HashSet<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private long buckets;

    private static final class Open {
        private final int partition;
        private final long bucket;
        private final long since;
        private int used;
        private int flushes;
        private long latest;

        Open(int partition, long bucket, long since) {
            this.partition = partition;
            this.bucket = bucket;
            this.since = since;
        }
    }

    StoryEdge(RedisConnection<byte[]> redis, Catalog catalog, ClickTokens tokens, Partitions partitions) {
        this.redis = redis;
        this.catalog = catalog;
        this.tokens = tokens;
        this.partitions = partitions;
    }

    void click(long at, Node node) throws ExecutionException, InterruptedException {
        node.knowing("visitor", "link", "creator", "as", "class");
        Link link = catalog.link(node.need("link"))
                .map(Timeline::now)
                .orElseThrow(() -> new StoryError("no link " + node.need("link")));
        boolean active = !link.retired()
                && at >= link.activeFrom().orElse(Long.MIN_VALUE)
                && at < link.activeUntil().orElse(Long.MAX_VALUE);
        String name = node.text("as").orElseGet(() -> "the click at " + at + " #" + clicks.size());
        if (!active) {
            untracked.add(name);
            return;
        }
        Campaign campaign = catalog.campaign(link.campaign()).orElseThrow().now();
        ClickClass clickClass = ClickClass.ofWord(node.text("class").orElse("human"));
        int creator = node.text("creator").or(link::creator).map(this::number).orElse(Click.DIRECT);
        Click click = new Click(next(campaign.windowDays(), at), clickClass, at, link.number(), creator);
        long visitor = node.text("visitor").map(String::hashCode).orElse(0);
        write(click, visitor);
        clicks.put(name, click);
        node.text("visitor").ifPresent(browser -> keep(browser, name));
    }

    /** The id of the click of that name. */
    Optional<ClickId> id(String name) {
        return Optional.ofNullable(clicks.get(name)).map(Click::id);
    }

    /** The tokens of these clicks; a name that is no click's is taken for a token as it stands. */
    List<String> tokens(List<String> names) {
        return names.stream()
                .filter(name -> !untracked.contains(name))
                .map(name -> clicks.containsKey(name) ? tokens.seal(clicks.get(name)) : name)
                .toList();
    }

    /** True for the name of a request that was redirected nowhere, because its link had not begun or had ended. */
    boolean untracked(String name) {
        return untracked.contains(name);
    }

    /**
     * Whether a human click of which Redis holds nothing any more has expired: what the settlement would find, pending
     * while window and grace lie ahead of the sweep's clock.
     */
    Optional<String> lost(String name) throws ExecutionException, InterruptedException {
        Optional<Click> human =
                Optional.ofNullable(clicks.get(name)).filter(each -> each.clickClass() == ClickClass.HUMAN);
        if (human.isEmpty()) {
            return Optional.empty();
        }
        Click click = human.get();
        if (redis.async().hexists(Keys.bucket(click.id()), slot(click)).get()) {
            return Optional.empty();
        }
        byte[] clock =
                redis.async().get(LedgerKeys.swept(click.id().partition())).get();
        long swept = clock == null ? 0 : Long.parseLong(new String(clock, StandardCharsets.UTF_8));
        long ends = click.at() + Duration.ofDays(click.id().windowDays()).toMillis() + Touches.GRACE;
        return Optional.of(swept > ends ? "expired" : "pending");
    }

    private static String slot(Click click) {
        return Integer.toString(click.id().slot());
    }

    /** The tokens that a visitor's pixel keeps, newest last. */
    List<String> keptBy(String visitor) {
        return tokens(kept.getOrDefault(visitor, List.of()));
    }

    /** Loses every click's row and index; tokens, counters and statuses stay. */
    void forget() throws ExecutionException, InterruptedException {
        for (int partition = 0; partition < partitions.count(); partition++) {
            for (int window : catalog.windows()) {
                redis.async()
                        .del(Keys.due(partition, window), Keys.kept(partition, window))
                        .get();
            }
        }
        for (Click click : clicks.values()) {
            redis.async().del(Keys.bucket(click.id())).get();
        }
        open.clear();
    }

    private void keep(String visitor, String name) {
        List<String> names = kept.computeIfAbsent(visitor, fresh -> new ArrayList<>());
        names.add(name);
        if (names.size() > KEPT) {
            names.remove(0);
        }
    }

    private int number(String handle) {
        String name = handle.toLowerCase(Locale.ROOT);
        Optional<Creator> creator = registered(name);
        while (creator.isEmpty() && (name.endsWith(".") || name.endsWith("/"))) {
            name = name.substring(0, name.length() - 1);
            creator = registered(name);
        }
        return creator.map(Creator::number).orElse(Click.UNKNOWN_CREATOR);
    }

    private Optional<Creator> registered(String handle) {
        return catalog.creator(handle).map(Timeline::now).filter(creator -> !creator.retired());
    }

    private ClickId next(int windowDays, long at) {
        Open bucket = open.get(windowDays);
        // Only the newest bucket goes on, so that of two clicks at one instant the one told later has the higher id.
        boolean newest = bucket != null && bucket.bucket == buckets - 1;
        if (bucket == null || !newest || bucket.used == ClickId.BUCKET_SIZE || at - bucket.since > BUCKET_OPEN) {
            bucket = new Open((int) (buckets % partitions.count()), buckets++, at);
            open.put(windowDays, bucket);
        }
        return new ClickId(bucket.partition, windowDays, WRITER, bucket.bucket * ClickId.BUCKET_SIZE + bucket.used++);
    }

    private void write(Click click, long visitor) throws ExecutionException, InterruptedException {
        ClickId id = click.id();
        Open bucket = open.get(id.windowDays());
        if (bucket == null) {
            throw new IllegalStateException("a click without its bucket");
        }
        if (click.clickClass() == ClickClass.HUMAN || click.clickClass() == ClickClass.PREFETCH) {
            Map<String, byte[]> fields = new HashMap<>();
            fields.put(Integer.toString(id.slot()), new ClickRow(click, visitor).encode());
            bucket.latest = Math.max(bucket.latest, click.at());
            fields.put("f", utf8(++bucket.flushes + ":" + bucket.latest));
            redis.async().hset(Keys.bucket(id), fields).get();
            redis.async()
                    .zadd(
                            Keys.due(id.partition(), id.windowDays()),
                            ZAddArgs.Builder.nx(),
                            (double) click.at(),
                            utf8(Keys.bucketName(id.windowDays(), id.writer(), id.bucket())))
                    .get();
        }
        String counted =
                click.link() + "." + click.creator() + "." + click.clickClass().code();
        redis.async()
                .hincrby(Keys.clickCounts(id.partition(), click.at()), counted, 1)
                .get();
        if (click.clickClass() == ClickClass.HUMAN) {
            byte[] who = ByteBuffer.allocate(8).putLong(visitor).array();
            redis.async()
                    .pfadd(Keys.visitors(id.partition(), click.at(), click.creator()), who)
                    .get();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
