package io.influtrace.loadtest.shopper;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Answer.Fate;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Orders and nothing else, each sent once. Either they come when they come, by a Poisson process, however the edge fares, or so
 * many shoppers send one after another, which is how the most that gets through is found by the same means. What they are told
 * stands in the shoppers' ledger like any other order; a refusal's time counts from the request's first byte, and how late that
 * left, behind the moment when it was due, is kept apart: it is the generator's own.
 */
public final class Flood implements AutoCloseable {

    /** Open at once: as many as wait for an answer at the worst, and then some. */
    private static final int CONNECTIONS = 4_000;

    private static final Duration HANGS = Duration.ofSeconds(10);

    /** Before a shopper who was refused places the next order. */
    private static final long REFUSED_MS = 100;

    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 2;
    private static final int MOST_CENTS = 30_000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final HttpClientAgent client = vertx.createHttpClient(
            new HttpClientOptions().setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(CONNECTIONS));
    private final Place edge;
    private final Ledger ledger;
    private final double rate;
    private final SplittableRandom random;
    private final String prefix;
    private final RequestOptions orders;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Histogram lateness = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final boolean inTurn;
    private long next;
    private volatile boolean over;

    private Flood(World world, Ledger ledger, double rate, boolean inTurn, String prefix, long seed) {
        this.edge = world.edges().get(0);
        this.ledger = ledger;
        this.rate = rate;
        this.inTurn = inTurn;
        this.prefix = prefix;
        this.random = new SplittableRandom(seed);
        this.orders = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(edge.port())
                .setURI("/api/v1/integrations/custom/" + world.integration() + "/orders")
                .putHeader("Origin", World.ORIGIN)
                .putHeader("Content-Type", "text/plain");
    }

    /**
     * Begins an open loop.
     *
     * @param rate orders a second, to the first edge
     * @param prefix of the orders' ids, unlike any other's of the same world
     */
    public static Flood start(World world, Ledger ledger, double rate, String prefix, long seed) {
        Flood flood = new Flood(world, ledger, rate, false, prefix, seed);
        flood.next = System.nanoTime();
        flood.vertx.runOnContext(begin -> flood.turn());
        return flood;
    }

    /**
     * Begins a closed loop.
     *
     * @param shoppers at a time, each with one order that waits for its answer
     * @param prefix of the orders' ids, unlike any other's of the same world
     */
    public static Flood inTurn(World world, Ledger ledger, int shoppers, String prefix, long seed) {
        Flood flood = new Flood(world, ledger, 0, true, prefix, seed);
        flood.vertx.runOnContext(begin -> {
            for (int i = 0; i < shoppers; i++) {
                flood.send(System.nanoTime());
            }
        });
        return flood;
    }

    /** Orders sent so far. */
    public long sent() {
        return sent.get();
    }

    /** Microseconds from the moment an order was due until its first byte left. */
    public Histogram lateness() {
        return lateness.copy();
    }

    /** Lets no more come, and waits until each was answered or given up. */
    public void end() throws LoadtestFailure {
        over = true;
        Patience.until(HANGS.multipliedBy(3), () -> answered.get() == sent.get());
    }

    private void turn() {
        long now = System.nanoTime();
        while (!over && next <= now) {
            send(next);
            next += (long) (random.nextExponential() * 1e9 / rate);
        }
        if (!over) {
            vertx.setTimer(1, fired -> turn());
        }
    }

    private void send(long due) {
        Order order = new Order(prefix + sent.incrementAndGet(), 1 + random.nextInt(MOST_CENTS), "", "", "", "", due);
        String life = edge.life();
        ledger.placed(order);
        client.request(orders)
                .transform(open -> open.succeeded() ? exchange(open.result(), order, due) : notSent())
                .onSuccess(answer -> {
                    hear(order, life, answer);
                    ledger.left(order);
                    answered.incrementAndGet();
                    if (inTurn && !over) {
                        again(answer.fine());
                    }
                });
    }

    private void again(boolean accepted) {
        if (accepted) {
            send(System.nanoTime());
        } else {
            vertx.setTimer(REFUSED_MS, rested -> send(System.nanoTime()));
        }
    }

    private Future<Answer> exchange(HttpClientRequest request, Order order, long due) {
        long start = System.nanoTime();
        lateness.recordValue(Math.min(LONGEST_MICROS, (start - due) / 1_000));
        return request.idleTimeout(HANGS.toMillis())
                .send(Buffer.buffer(order.beacon()))
                .compose(response -> response.body().map(body -> answer(response, body, start)))
                .otherwise(lost -> lost instanceof TimeoutException
                        ? Answer.hung(System.nanoTime() - start)
                        : Answer.cut(System.nanoTime() - start));
    }

    private static Future<Answer> notSent() {
        return Future.succeededFuture(Answer.notSent(0));
    }

    private void hear(Order order, String life, Answer answer) {
        if (answer.fate() == Fate.ANSWERED) {
            Verdict.of(answer).note(ledger, order, life, answer);
        } else {
            ledger.unanswered(order, life, answer.fate().name().toLowerCase(Locale.ROOT));
        }
    }

    private static Answer answer(HttpClientResponse response, Buffer body, long start) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return Answer.of(response.statusCode(), headers, body.toString(), System.nanoTime() - start);
    }

    /** Sends everybody home. */
    @Override
    public void close() {
        over = true;
        HttpClient closing = client;
        closing.close()
                .eventually(vertx::close)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
