package io.influtrace.edge.pixel;

import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.redis.Keys;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pixels of every release that this deployment has shipped, by the hash in their names. A shop that pinned one goes on
 * finding it after an upgrade, and an edge that was not upgraded yet finds the newer ones. Any thread may ask.
 */
public final class PinnedPixels {

    /** Releases kept in memory, each some kilobytes; far more than a shop's theme outlives. */
    private static final int MOST = 256;

    /** How often unknown names may ask Redis. */
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private static final String LATEST = "latest";

    private final PixelFile own;
    private final RedisNodes nodes;
    private final Context owner;
    private final Map<String, PixelFile> known = new ConcurrentHashMap<>();
    private Future<Void> reading = Future.succeededFuture();
    private long readAt;
    private boolean read;

    private PinnedPixels(PixelFile own, RedisNodes nodes, Context owner) {
        this.own = own;
        this.nodes = nodes;
        this.owner = owner;
        known.put(own.hash(), own);
    }

    /** Knows its own alone at first; call on the event loop of the connections. */
    public static PinnedPixels of(PixelFile own, RedisNodes nodes, Context owner) {
        return new PinnedPixels(own, nodes, owner);
    }

    /** Tells the deployment which pixel this edge ships, and learns the others'; call on the event loop of the connections. */
    public Future<Void> share() {
        String plain = own.plain().toString(StandardCharsets.UTF_8);
        Request tell = Request.cmd(Command.HSET)
                .arg(Keys.EDGE_PIXELS)
                .arg(own.hash())
                .arg(plain)
                .arg(LATEST)
                .arg(own.hash() + " " + own.integrity());
        return nodes.send(Keys.EDGE_PIXELS, tell).compose(told -> read());
    }

    /**
     * The pixel of that hash, asked of Redis where it is not known here; empty where it never was.
     *
     * @param asker on whose event loop the answer comes
     */
    Future<Optional<PixelFile>> find(String hash, Context asker) {
        PixelFile here = known.get(hash);
        if (here != null) {
            return Future.succeededFuture(Optional.of(here));
        }
        Promise<Optional<PixelFile>> found = Promise.promise();
        owner.runOnContext(now -> again().onComplete(
                        done -> asker.runOnContext(back -> found.complete(Optional.ofNullable(known.get(hash))))));
        return found.future();
    }

    private Future<Void> again() {
        if (reading.isComplete() && (!read || System.nanoTime() - readAt > PAUSE_NANOS)) {
            reading = read();
        }
        return reading;
    }

    private Future<Void> read() {
        read = true;
        readAt = System.nanoTime();
        Request all = Request.cmd(Command.HGETALL).arg(Keys.EDGE_PIXELS);
        return nodes.send(Keys.EDGE_PIXELS, all).map(this::learned).mapEmpty();
    }

    private Response learned(Response answer) {
        for (String name : answer.getKeys()) {
            if (!name.equals(LATEST) && !known.containsKey(name) && known.size() < MOST) {
                PixelFile file = PixelFile.of(answer.get(name).toString().getBytes(StandardCharsets.UTF_8));
                if (file.hash().equals(name)) {
                    known.put(name, file);
                }
            }
        }
        return answer;
    }
}
