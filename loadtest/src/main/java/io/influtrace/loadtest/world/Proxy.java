package io.influtrace.loadtest.world;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A real network fault: stands between edges and Redis, slow or lossy, or cuts a connection between deed and answer. */
public final class Proxy implements AutoCloseable {

    private static final long SEED = 6;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private volatile int target;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile Weather weather = Weather.FAIR;
    private volatile boolean refusing;
    private int port;

    private Proxy(int target) {
        this.target = target;
    }

    /** A proxy before that port, in fair weather. */
    public static Proxy before(int target) throws LoadtestFailure {
        Proxy proxy = new Proxy(target);
        try {
            NetServer server = proxy.vertx
                    .createNetServer()
                    .connectHandler(proxy::accept)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            proxy.port = server.actualPort();
            return proxy;
        } catch (CompletionException failed) {
            throw new LoadtestFailure("The proxy could not open a port.", failed);
        }
    }

    /** Leads new connections to another port from now on, and closes those that lead to the old one. */
    public void lead(int port) {
        target = port;
        open.forEach(NetSocket::close);
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Changes what happens to all that comes from now on. */
    public void weather(Weather now) {
        weather = now;
    }

    /** Cuts the next so many connections that carry an order, after Redis has executed it and before its reply passes. */
    public void cutAfterOrders(int times) {
        toCut.set(times);
    }

    /** How many were cut so far. */
    public int cuts() {
        return cut.get();
    }

    /** Closes every connection, and refuses new ones until {@link #join}. */
    public void part() {
        refusing = true;
        open.forEach(NetSocket::close);
    }

    /** Lets connections through again. */
    public void join() {
        refusing = false;
    }

    private void accept(NetSocket inside) {
        if (refusing) {
            inside.close();
            return;
        }
        inside.pause();
        client.connect(target, "127.0.0.1")
                .onFailure(away -> inside.close())
                .onSuccess(outside -> joined(inside, outside));
    }

    private void joined(NetSocket inside, NetSocket outside) {
        Pipe out = new Pipe(vertx, inside, outside, new SplittableRandom(SEED));
        Pipe back = new Pipe(vertx, outside, inside, new SplittableRandom(SEED + 1));
        boolean[] doomed = new boolean[1];
        open.add(inside);
        inside.handler(bytes -> {
            doomed[0] = doomed[0] || (carriesOrder(bytes) && toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
            out.carry(bytes, weather);
        });
        outside.handler(bytes -> {
            if (doomed[0]) {
                cut.incrementAndGet();
                inside.close();
                outside.close();
            } else {
                back.carry(bytes, weather);
            }
        });
        inside.closeHandler(closed -> {
            open.remove(inside);
            outside.close();
        });
        outside.closeHandler(closed -> inside.close());
        inside.exceptionHandler(reset -> inside.close());
        outside.exceptionHandler(reset -> outside.close());
        inside.resume();
    }

    private static boolean carriesOrder(Buffer bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT)
                .contains("XADD");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
