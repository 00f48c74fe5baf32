package io.influtrace.edge.outbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clicks that Redis did not take, on local disk, written and read by one thread of its own. Safe for any thread; nothing
 * here blocks its caller.
 */
public final class Journal {

    /** Flushes that wait for the disk: 2,048 of at most 512 clicks are about 60 MB. */
    static final int MAX_WAITING = 2_048;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalFiles files;
    private final OutboxMeters meters;
    private final ThreadPoolExecutor thread;
    private final AtomicLong bytes;

    private Journal(JournalFiles files, OutboxMeters meters) {
        this.files = files;
        this.meters = meters;
        this.bytes = new AtomicLong(files.bytes());
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> new Thread(task, "journal"));
    }

    /** The journal of a folder; blocks on disk, so before the event loops run. */
    public static Journal open(Path folder, long maxBytes, OutboxMeters meters) throws IOException {
        return new Journal(JournalFiles.open(folder, maxBytes), meters);
    }

    /** Bytes on disk, as of the last write. */
    public long bytes() {
        return bytes.get();
    }

    /** Keeps a flush, or counts it as dropped. */
    void append(FlushCall call) {
        try {
            thread.execute(() -> write(call));
        } catch (RejectedExecutionException full) {
            meters.dropped("journal_busy", call.clicks());
        }
    }

    /** The oldest flush kept, to be given again until {@link #replayed}. */
    Future<Optional<FlushCall>> oldest(Vertx vertx) {
        return onThread(vertx, () -> {
            Optional<byte[]> record = files.peek();
            while (record.isPresent() && record.get() == JournalFiles.TORN) {
                meters.lost("torn", 1);
                record = files.peek();
            }
            bytes.set(files.bytes());
            return record.map(FlushCall::decode);
        });
    }

    /** Goes on behind that flush. */
    Future<Void> replayed(Vertx vertx, FlushCall call) {
        return onThread(vertx, () -> {
                    files.advance(call.encode());
                    return Boolean.TRUE;
                })
                .mapEmpty();
    }

    /** Writes what waits and closes the files; blocks, so after the event loops stopped. */
    public void close() throws IOException, InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("journal=unfinished waiting={}", thread.getQueue().size());
        }
        files.close();
    }

    private void write(FlushCall call) {
        try {
            if (files.append(call.encode())) {
                meters.journaled(call.clicks());
            } else {
                meters.dropped("journal_full", call.clicks());
            }
            bytes.set(files.bytes());
        } catch (IOException failed) {
            meters.dropped("journal_error", call.clicks());
            LOG.error("journal=failed cause=\"{}\"", failed.toString());
        }
    }

    private <T> Future<T> onThread(Vertx vertx, Callable<T> work) {
        Promise<T> promise = Promise.promise();
        Context context = vertx.getOrCreateContext();
        try {
            thread.execute(() -> {
                try {
                    T result = work.call();
                    context.runOnContext(now -> promise.complete(result));
                } catch (Exception failed) {
                    context.runOnContext(now -> promise.fail(failed));
                }
            });
        } catch (RejectedExecutionException full) {
            promise.fail(full);
        }
        return promise.future();
    }
}
