package io.influtrace.edge.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, owned by the event loop that opened it and used from there alone.
 *
 * <p>The client's own connection stays closed once closed and never times out, so this one re-opens itself after a
 * jittered 50 ms to 1 s, and puts a deadline on every reply. Replies come in the order of the requests: when the oldest
 * is overdue nothing behind it can come either, so the connection is dropped and all that waits fails at once.
 */
public final class HeldConnection {

    /** Replies awaited at most; above it the caller is refused at once instead of queueing without bound. */
    static final int MAX_PENDING = 16_384;

    /** Errors of a server that is there and will not take writes until somebody mends it. */
    private static final Set<String> REFUSALS = Set.of("OOM", "MISCONF", "READONLY", "NOREPLICAS", "NOPERM", "NOAUTH");

    private static final Set<String> UNKNOWN_SCRIPT = Set.of("NOSCRIPT");

    private static final long FIRST_BACKOFF_MS = 50;
    private static final long LAST_BACKOFF_MS = 1_000;
    private static final long DEADLINE_CHECK_MS = 50;

    private final Vertx vertx;
    private final Context context;
    private final RedisOptions options;
    private final long deadlineNanos;
    private final Traffic traffic;
    private final ArrayDeque<Pending<?>> pending = new ArrayDeque<>();
    private final List<Runnable> onUp = new ArrayList<>();
    private final List<Runnable> onDown = new ArrayList<>();
    private final long checkTimer;
    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private long backoffMs = FIRST_BACKOFF_MS;
    private boolean closed;

    private record Pending<T>(Promise<T> promise, long sentAt) {}

    private HeldConnection(Vertx vertx, RedisOptions options, Duration deadline, Traffic traffic) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = new RedisOptions(options).setMaxWaitingHandlers(4 * MAX_PENDING);
        this.options.getNetClientOptions().setConnectTimeout((int) deadline.toMillis());
        this.deadlineNanos = deadline.toNanos();
        this.traffic = traffic;
        this.checkTimer = vertx.setPeriodic(DEADLINE_CHECK_MS, timer -> dropIfOverdue());
    }

    /** A connection that begins to open itself and goes on trying until closed; call on the owning event loop. */
    public static HeldConnection open(Vertx vertx, RedisOptions options, Duration deadline, Traffic traffic) {
        HeldConnection held = new HeldConnection(vertx, options, deadline, traffic);
        held.reopen();
        return held;
    }

    /** True while there is a connection, which does not promise that the server answers. */
    public boolean isUp() {
        return connection != null;
    }

    /** Runs an action each time a connection was opened, first the one that is open already. */
    public void onUp(Runnable action) {
        onUp.add(action);
        if (isUp()) {
            action.run();
        }
    }

    /** Runs an action each time the connection is lost. */
    public void onDown(Runnable action) {
        onDown.add(action);
    }

    /** The reply, or {@link RedisAway}, or the server's own error. */
    public Future<Response> send(Request request) {
        return guarded(open -> open.send(request));
    }

    /** The replies of several requests sent as one piece; one error fails them all. */
    public Future<List<Response>> batch(List<Request> requests) {
        return guarded(open -> open.batch(requests));
    }

    /** Closes for good; whatever waits fails. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(checkTimer);
        drop("closed");
        return Future.succeededFuture();
    }

    private <T> Future<T> guarded(Function<RedisConnection, Future<T>> send) {
        RedisConnection open = connection;
        if (open == null || pending.size() >= MAX_PENDING) {
            traffic.failed("not_connected");
            return Future.failedFuture(new RedisAway("not_connected"));
        }
        Pending<T> sent = new Pending<>(Promise.promise(), System.nanoTime());
        pending.add(sent);
        send.apply(open).onComplete(reply -> {
            pending.remove(sent);
            if (reply.succeeded()) {
                // Only an answer proves the server: a stopped one still accepts connections.
                backoffMs = FIRST_BACKOFF_MS;
                traffic.answered(System.nanoTime() - sent.sentAt, TimeUnit.NANOSECONDS);
                sent.promise.tryComplete(reply.result());
            } else if (!sent.promise.future().isComplete()) {
                // Counted first: whoever hears of the failure finds it in the metrics.
                countError(reply.cause());
                sent.promise.fail(reply.cause());
            }
        });
        return sent.promise.future();
    }

    // A script that a fresh server does not know yet is loaded and called again: a question, not a failure.
    private void countError(Throwable error) {
        if (!says(error, UNKNOWN_SCRIPT)) {
            traffic.failed(says(error, REFUSALS) ? "refused" : "error");
        }
    }

    /** Whether one of these words is among an error's; a batch's error puts its place in the batch before them. */
    static boolean says(Throwable error, Set<String> words) {
        String said = String.valueOf(error.getMessage());
        return words.stream().anyMatch(word -> said.startsWith(word) || said.contains("] " + word));
    }

    private void dropIfOverdue() {
        Pending<?> oldest = pending.peek();
        if (oldest != null && System.nanoTime() - oldest.sentAt > deadlineNanos) {
            drop("deadline");
        }
    }

    private void reopen() {
        if (closed) {
            return;
        }
        Redis fresh = Redis.createClient(vertx, options);
        client = fresh;
        fresh.connect().onComplete(opened -> {
            if (closed || client != fresh) {
                fresh.close();
            } else if (opened.failed()) {
                drop("not_connected");
            } else {
                opened.result().exceptionHandler(lost -> dropped(fresh));
                opened.result().endHandler(end -> dropped(fresh));
                connection = opened.result();
                onUp.forEach(Runnable::run);
            }
        });
    }

    private void dropped(Redis which) {
        context.runOnContext(now -> {
            if (client == which) {
                drop("closed");
            }
        });
    }

    private void drop(String reason) {
        Redis lost = client;
        boolean wasUp = connection != null;
        client = null;
        connection = null;
        if (lost != null) {
            lost.close();
        }
        List<Pending<?>> waiting = new ArrayList<>(pending);
        pending.clear();
        RedisAway away = new RedisAway(reason);
        waiting.forEach(each -> {
            if (each.promise.tryFail(away)) {
                traffic.failed(reason);
            }
        });
        if (wasUp) {
            onDown.forEach(Runnable::run);
        }
        if (!closed) {
            long wait = backoffMs / 2 + ThreadLocalRandom.current().nextLong(backoffMs / 2 + 1);
            backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
            vertx.setTimer(Math.max(1, wait), timer -> {
                if (client == null) {
                    reopen();
                }
            });
        }
    }
}
