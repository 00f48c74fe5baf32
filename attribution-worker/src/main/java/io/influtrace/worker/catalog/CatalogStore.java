package io.influtrace.worker.catalog;

import io.influtrace.protocol.config.Change;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of one deployment: kept in Redis, held whole in memory, followed as other workers change it. Edits are
 * serial over all workers, so what an edit saw is what it changes. Reading is safe for any thread and never waits.
 */
public final class CatalogStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogStore.class);

    /** How long an answer may take: the whole catalog in one at start. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** How long the follower waits for an edit; also how soon it notices a Redis that was put back to an older state. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Edits waiting for their turn; more are refused. */
    private static final int MAX_WAITING = 1_024;

    /** How often an edit is made again because another worker's came first. */
    private static final int MAX_TRIES = 20;

    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Clock clock;
    private final RedisConnection<String> writing;
    private final RedisConnection<String> following;
    private final CatalogTables tables;
    private final CatalogTables followed;
    private final ThreadPoolExecutor editor;
    private final Thread follower;
    private volatile Memory memory = new Memory();
    private volatile boolean closed;

    private CatalogStore(Redis redis, Clock clock) {
        this.clock = clock;
        this.writing = redis.connect(StringCodec.UTF8, TIMEOUT);
        this.following = redis.connect(StringCodec.UTF8, TIMEOUT);
        this.tables = new CatalogTables(writing);
        this.followed = new CatalogTables(following);
        this.editor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                task -> daemon(task, "catalog-edits"));
        this.follower = daemon(this::follow, "catalog-follower");
    }

    /** Reads the whole catalog and follows it from then on; blocks until it is read. */
    public static CatalogStore open(Redis redis, Clock clock) {
        CatalogStore store = new CatalogStore(redis, clock);
        store.reload(store.tables);
        store.follower.start();
        return store;
    }

    /** The catalog as it stands at each look. */
    public Catalog catalog() {
        return new Current(() -> memory);
    }

    /** A thing by its key. */
    public <T> Optional<Timeline<T>> find(Kind<T> kind, String key) {
        return memory.find(kind, key);
    }

    /** Up to {@code most} things whose key comes after {@code after} (empty: from the first), in the order of keys. */
    public <T> List<Timeline<T>> list(Kind<T> kind, String after, int most) {
        return memory.list(kind, after, most);
    }

    /**
     * Makes an edit in its turn. It may be made several times where another worker comes first, so it does nothing but
     * look at the draft and put into it. A draft left empty writes nothing.
     *
     * @return the edit's result once it is in Redis; {@link RedisAway} where it could not be written
     */
    public <R> CompletableFuture<R> edit(Function<Draft, R> edit) {
        return submit(Optional.empty(), edit);
    }

    /** The same with versions that begin at another instant, milliseconds since the epoch, and waited for. */
    public <R> R editFrom(long from, Function<Draft, R> edit) {
        return submit(Optional.of(from), edit).join();
    }

    private <R> CompletableFuture<R> submit(Optional<Long> from, Function<Draft, R> edit) {
        try {
            return CompletableFuture.supplyAsync(() -> made(from, edit), editor);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(new RedisAway(full));
        }
    }

    private <R> R made(Optional<Long> from, Function<Draft, R> edit) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Memory seen = memory;
            long version = seen.version();
            Draft draft = new Draft(seen, from.orElseGet(clock::millis));
            R result = edit.apply(draft);
            if (draft.versions().isEmpty()) {
                return result;
            }
            List<Change> changes = new EdgeView(seen).of(draft.versions());
            if (tables.commit(version, draft.versions(), changes)) {
                take(List.of(new CatalogTables.Edition(version + 1, draft.versions())), tables);
                return result;
            }
            catchUp(tables);
        }
        throw new RedisAway(new IllegalStateException("other workers' edits came first " + MAX_TRIES + " times"));
    }

    private void follow() {
        boolean well = true;
        while (!closed) {
            try {
                List<CatalogTables.Edition> editions = followed.await(memory.version(), PATIENCE);
                take(editions, followed);
                if (editions.isEmpty() && followed.version() != memory.version()) {
                    catchUp(followed);
                }
                well = true;
            } catch (RuntimeException away) {
                if (well && !closed) {
                    LOG.warn("event=catalog_not_followed reason=\"{}\"", away.getMessage());
                }
                well = false;
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void catchUp(CatalogTables source) {
        List<CatalogTables.Edition> editions = source.after(memory.version());
        if (editions.isEmpty()) {
            reload(source);
        } else {
            take(editions, source);
        }
    }

    private synchronized void take(List<CatalogTables.Edition> editions, CatalogTables source) {
        for (CatalogTables.Edition edition : editions) {
            if (edition.version() > memory.version() + 1) {
                reload(source);
            } else if (edition.version() == memory.version() + 1) {
                edition.versions().forEach(memory::take);
                memory.reached(edition.version());
            }
        }
    }

    private synchronized void reload(CatalogTables source) {
        Memory fresh = new Memory();
        long version = source.version();
        source.all().stream().sorted(Comparator.comparingInt(Stored::number)).forEach(fresh::take);
        fresh.restored(source.restored());
        fresh.reached(version);
        long before = memory.version();
        memory = fresh;
        if (version < before) {
            LOG.error(
                    "event=catalog_went_back from={} to={} reason=\"Redis was emptied or restored\"", before, version);
        }
        LOG.info("event=catalog_read version={}", version);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends following and editing; edits that wait for their turn fail. */
    @Override
    public void close() {
        closed = true;
        editor.shutdownNow();
        follower.interrupt();
        following.close();
        writing.close();
    }
}
