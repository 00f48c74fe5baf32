package io.influtrace.worker.intake;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.order.Orders;
import io.influtrace.worker.order.Outcome;
import io.influtrace.worker.order.Unsettleable;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Connections;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the reports of all partitions and has each settled when its turn in the {@link Line} comes. Belongs to one
 * thread, which may block.
 */
final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Reports in hand: enough that Redis is never idle, few enough for the heap. Each partition has an equal share. */
    private static final int MAX_IN_HAND = 1_024;

    /** So that a deployment of many partitions still reads more than one entry at a time. */
    private static final int LEAST_SHARE = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** What lies untouched in hand for so long is marked as not abandoned; well below the time that makes it so. */
    private static final Duration UNTOUCHED = Duration.ofSeconds(2);

    private final List<Inbox> inboxes = new ArrayList<>();
    private final Claims elsewhere = new Claims();
    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final AtomicInteger going = new AtomicInteger();
    private final Semaphore allBack = new Semaphore(0);
    private final RedisConnection<byte[]> connection;
    private final Settler settler;
    private final Line line;

    /** A report that was let go has come back, settled or not. */
    private record Finished(Arrival arrival, Optional<Throwable> failure) {}

    private Intake(RedisConnection<byte[]> connection, Settler settler, int partitions) {
        this.connection = connection;
        this.settler = settler;
        this.line = new Line(partitions);
    }

    /** Opens a connection of its own and joins the group of every partition. */
    static Intake open(
            Connections redis, Partitions partitions, String consumer, Orders orders, TokenKeys keys, int tries) {
        RedisConnection<byte[]> connection =
                redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), TIMEOUT);
        Intake intake = new Intake(connection, Settler.of(orders), partitions.count());
        Arrivals arrivals = new Arrivals(ClickTokens.of(keys), orders.facts());
        int share = Math.max(LEAST_SHARE, MAX_IN_HAND / partitions.count());
        for (int partition = 0; partition < partitions.count(); partition++) {
            ReportStream stream = new ReportStream(connection, partition, consumer);
            stream.join();
            intake.inboxes.add(new Inbox(stream, arrivals, intake.elsewhere, share, tries));
        }
        return intake;
    }

    /** Reads what there is room for and lets go whose turn it is; how many entries were read. */
    int turn() {
        endFinished();
        int read = read();
        next().forEach(this::go);
        return read;
    }

    /** Reads what there is room for. */
    private int read() {
        line.look();
        inboxes.forEach(inbox -> inbox.ask(line));
        return inboxes.stream().mapToInt(inbox -> inbox.take(line)).sum();
    }

    /** Whose turn it is. Others are only asked about where there is somebody to let go. */
    private List<Arrival> next() {
        if (!line.ready(unread())) {
            return List.of();
        }
        inboxes.forEach(Inbox::askElsewhere);
        inboxes.forEach(inbox -> inbox.listElsewhere(line));
        inboxes.forEach(Inbox::lookElsewhere);
        return line.next(unread(), elsewhere);
    }

    private long[] unread() {
        return inboxes.stream().mapToLong(Inbox::unread).toArray();
    }

    /**
     * Waits, so that what comes and what comes back meanwhile is taken together; no longer than any report is being settled
     * where others wait for their turn.
     */
    void pause(Duration time) throws InterruptedException {
        if (line.waiting() && line.going()) {
            awaitAllBack(time);
        } else {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    }

    private void awaitAllBack(Duration time) throws InterruptedException {
        allBack.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        allBack.drainPermits();
    }

    private void endFinished() {
        for (Finished each = finished.poll(); each != null; each = finished.poll()) {
            end(each);
        }
    }

    /** Lets no more go, and waits for what had gone. */
    void drain(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        endFinished();
        while (line.going() && System.nanoTime() < end) {
            awaitAllBack(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            endFinished();
        }
    }

    /** How often a partition's group was gone and made again. */
    long groupsMade() {
        return inboxes.stream().mapToLong(Inbox::groupsMade).sum();
    }

    /** Says which reports are in good hands, takes over abandoned ones, and trims the streams. */
    void upkeep(Duration abandoned) {
        Map<Integer, List<String>> held = new TreeMap<>();
        line.all()
                .forEach(arrival -> held.computeIfAbsent(arrival.partition(), fresh -> new ArrayList<>())
                        .add(arrival.id()));
        held.forEach(
                (partition, ids) -> Answers.of(inboxes.get(partition).stream().keep(ids, UNTOUCHED)));
        inboxes.forEach(inbox -> inbox.own(line).forEach(line::add));
        claim(abandoned);
        inboxes.forEach(inbox -> inbox.stream().trim());
    }

    /** Settles, one report after another, all whose turn it is or comes; never beside {@link #turn}. */
    void round() {
        boolean more = true;
        while (more) {
            more = read() > 0;
            for (Arrival arrival : next()) {
                settle(arrival);
                more = true;
            }
        }
    }

    /** Takes over what has been pending for {@code idle}. */
    void claim(Duration idle) {
        inboxes.forEach(inbox -> inbox.abandoned(idle.toMillis(), line).forEach(line::add));
    }

    private void go(Arrival arrival) {
        going.incrementAndGet();
        settled(arrival).whenComplete((outcome, failure) -> {
            finished.add(new Finished(arrival, Optional.ofNullable(failure)));
            if (going.decrementAndGet() == 0) {
                allBack.release();
            }
        });
    }

    private void settle(Arrival arrival) {
        CompletableFuture<Optional<Throwable>> done = new CompletableFuture<>();
        settled(arrival).whenComplete((outcome, failure) -> done.complete(Optional.ofNullable(failure)));
        end(new Finished(arrival, done.join()));
    }

    private CompletionStage<Outcome> settled(Arrival arrival) {
        try {
            return arrival.again()
                    ? inboxes.get(arrival.partition()).stream()
                            .tryAgain(arrival.id())
                            .thenCompose(mine -> mine
                                    ? settler.settle(arrival)
                                    : CompletableFuture.completedStage(Outcome.SETTLED_ELSEWHERE))
                    : settler.settle(arrival);
        } catch (RuntimeException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    private void end(Finished report) {
        Arrival arrival = report.arrival;
        Throwable cause = report.failure
                .map(failure -> failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure)
                .orElse(null);
        try {
            if (cause instanceof Unsettleable refused) {
                inboxes.get(arrival.partition()).bury(arrival.id(), refused.reason);
            } else if (cause != null) {
                LOG.error("entry=failed partition={} id={}", arrival.partition(), arrival.id(), cause);
                if (!RedisAway.behind(cause)) {
                    inboxes.get(arrival.partition()).failed(arrival.id());
                }
            }
        } catch (RedisAway away) {
            LOG.warn("entry=unburied partition={} id={}", arrival.partition(), arrival.id());
        } finally {
            line.remove(arrival);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
