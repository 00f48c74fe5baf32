package io.influtrace.loadtest.shopper;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Orders that come when they come, by a Poisson process, however the edge fares: each is sent once and counted from the
 * moment it was due. What it is told stands in the shoppers' ledger like any other order.
 */
public final class Flood implements AutoCloseable {

    /** Open at once: as many as wait for an answer at the worst, and then some. */
    private static final int CONNECTIONS = 4_000;

    private static final Duration HANGS = Duration.ofSeconds(10);
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
    private long next;
    private volatile boolean over;

    private Flood(World world, Ledger ledger, double rate, String prefix, long seed) {
        this.edge = world.edges().get(0);
        this.ledger = ledger;
        this.rate = rate;
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
     * Begins.
     *
     * @param rate orders a second, to the first edge
     * @param prefix of the orders' ids, unlike any other's of the same world
     */
    public static Flood start(World world, Ledger ledger, double rate, String prefix, long seed) {
        Flood flood = new Flood(world, ledger, rate, prefix, seed);
        flood.next = System.nanoTime();
        flood.vertx.runOnContext(begin -> flood.turn());
        return flood;
    }

    /** Orders sent so far. */
    public long sent() {
        return sent.get();
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
                .compose(request -> request.idleTimeout(HANGS.toMillis()).send(Buffer.buffer(order.beacon())))
                .compose(response -> response.body().map(body -> answer(response, body, due)))
                .onComplete(heard -> {
                    if (heard.succeeded()) {
                        Verdict.of(heard.result()).note(ledger, order, life, heard.result());
                    } else {
                        ledger.unanswered(life, "hung");
                    }
                    ledger.left(order);
                    answered.incrementAndGet();
                });
    }

    private static Answer answer(HttpClientResponse response, Buffer body, long due) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return Answer.of(response.statusCode(), headers, body.toString(), System.nanoTime() - due);
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
