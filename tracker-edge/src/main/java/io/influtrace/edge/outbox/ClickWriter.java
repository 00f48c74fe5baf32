package io.influtrace.edge.outbox;

import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's clicks on their way into Redis. Offering a click never waits: it joins a batch that leaves at 128
 * clicks or 5 ms later as one script call. One flush is in flight at a time, which is what makes its number a guard; while
 * it is, batches grow, so a slower Redis gets fewer and larger ones. Visitors, who make an estimate and no count, wait
 * under load for company of several full batches.
 */
public final class ClickWriter {

    /**
     * Clicks that send a batch off at once: two buckets, since one creator's clicks of a batch share her counters. Below
     * 25,000 clicks a second the time is up first.
     */
    static final int FLUSH_AT = 128;

    /** The longest that a click waits for company, in milliseconds: what a killed edge takes along, while tokens keep the credit. */
    static final long FLUSH_AFTER_MS = 5;

    /** Clicks in one script call: one or two milliseconds of Redis, which nobody else can use meanwhile. */
    static final int MAX_BATCH = 512;

    /**
     * Clicks that wait for the flush in flight, which is decided within the connection's deadline; 13 MB a loop. Beyond
     * it a click leaves no record, and its token alone carries the credit.
     */
    static final int MAX_WAITING = 131_072;

    private final Vertx vertx;
    private final RedisNodes nodes;
    private final FlushScript script;
    private final Journal journal;
    private final OutboxMeters meters;
    private final Buckets buckets;
    private final ArrayDeque<FlushCall> waiting = new ArrayDeque<>();
    private @Nullable Batch current;
    private @Nullable VisitorSets visitors;
    private @Nullable Promise<Void> drained;
    private int waitingClicks;
    private long flushes;
    private boolean timer;
    private boolean inFlight;

    private ClickWriter(
            Vertx vertx, RedisNodes nodes, Journal journal, OutboxMeters meters, Buckets buckets, FlushScript script) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.journal = journal;
        this.meters = meters;
        this.buckets = buckets;
        this.script = script;
    }

    /** A writer of the calling event loop, to be used from it alone. */
    public static ClickWriter of(
            Vertx vertx,
            RedisNodes nodes,
            Journal journal,
            OutboxMeters meters,
            int partitions,
            RandomGenerator random) {
        return new ClickWriter(vertx, nodes, journal, meters, new Buckets(partitions, random), FlushScript.load());
    }

    /**
     * Takes in a click of that class and gives it its id; the caller seals it into the token.
     *
     * @param visitor who clicked, for the count of visitors
     */
    public Click offer(ClickClass clickClass, long at, int windowDays, int link, int creator, long visitor) {
        Click click;
        if (waitingClicks >= MAX_WAITING) {
            meters.dropped("backlog", 1);
            return new Click(buckets.counted(windowDays), clickClass, at, link, creator);
        }
        if (clickClass == ClickClass.HUMAN || clickClass == ClickClass.PREFETCH) {
            Bucket bucket = buckets.of(windowDays, at);
            click = new Click(bucket.next(), clickClass, at, link, creator);
            Batch batch = batch(at);
            batch.addRow(bucket, click, visitor);
            if (clickClass == ClickClass.HUMAN) {
                visitors(batch, at).add(click, visitor);
            }
        } else {
            ClickId id = buckets.counted(windowDays);
            click = new Click(id, clickClass, at, link, creator);
            batch(at).count(click);
        }
        send();
        return click;
    }

    /** Notes a handle that nobody registered, so that its owner can be found; the click itself was offered before. */
    public void unknownHandle(String handle, long at) {
        batch(at).unknownHandle(handle);
    }

    /** Completes when everything offered so far is in Redis or in the journal. */
    public Future<Void> drain() {
        Promise<Void> done = Promise.promise();
        drained = done;
        seal(true);
        if (!inFlight) {
            next();
        }
        return done.future();
    }

    private Batch batch(long at) {
        Batch batch = current;
        if (batch != null && (!batch.takes(buckets.partition(), at) || batch.clicks() >= MAX_BATCH)) {
            seal(false);
            batch = null;
        }
        if (batch == null) {
            batch = fresh(at);
            current = batch;
        }
        return batch;
    }

    private Batch fresh(long at) {
        return new Batch(buckets.partition(), at, ++flushes, buckets.anchor());
    }

    private VisitorSets visitors(Batch batch, long at) {
        VisitorSets sets = visitors;
        if (sets != null && !sets.takes(at)) {
            batch.take(sets);
            sets = null;
        }
        if (sets == null) {
            sets = new VisitorSets(at);
            visitors = sets;
        }
        return sets;
    }

    private void send() {
        Batch batch = current;
        if (!inFlight && (!waiting.isEmpty() || (batch != null && batch.clicks() >= FLUSH_AT))) {
            next();
        } else if (!inFlight && !timer) {
            timer = true;
            vertx.setTimer(FLUSH_AFTER_MS, fired -> {
                timer = false;
                if (!inFlight) {
                    next();
                }
            });
        }
    }

    private void seal(boolean withVisitors) {
        Batch batch = current;
        VisitorSets sets = visitors;
        if (sets != null && batch != null) {
            sets.meet(batch.clicks());
        }
        if (sets != null && (withVisitors || sets.isEnough())) {
            batch = batch == null ? fresh(sets.begunAt()) : batch;
            batch.take(sets);
            visitors = null;
        }
        current = null;
        if (batch != null) {
            FlushCall call = batch.call();
            waiting.add(call);
            waitingClicks += call.clicks();
        }
    }

    private void next() {
        if (waiting.isEmpty()) {
            Batch batch = current;
            // A batch that the time sent off has few clicks: there is no load that visitors could gather in.
            seal(batch == null || batch.clicks() < FLUSH_AT);
        }
        FlushCall call = waiting.poll();
        if (call == null) {
            done();
            return;
        }
        waitingClicks -= call.clicks();
        inFlight = true;
        meters.flushing(call.clicks());
        script.apply(nodes, call).onComplete(applied -> {
            inFlight = false;
            if (applied.succeeded()) {
                meters.recorded(call.clicks());
            } else {
                meters.flushFailed();
                keep(call);
                journalAll();
            }
            Batch batch = current;
            if (!waiting.isEmpty() || drained != null || (batch != null && batch.clicks() >= FLUSH_AT)) {
                next();
            } else if (batch != null || visitors != null) {
                send();
            }
        });
    }

    // Everything behind a failed flush may share its buckets, so it takes the same way, in order.
    private void journalAll() {
        seal(true);
        buckets.closeAll();
        for (FlushCall call = waiting.poll(); call != null; call = waiting.poll()) {
            keep(call);
        }
        waitingClicks = 0;
    }

    private void keep(FlushCall call) {
        journal.append(call);
    }

    private void done() {
        Promise<Void> promise = drained;
        if (promise != null && !inFlight) {
            drained = null;
            promise.complete();
        }
    }
}
