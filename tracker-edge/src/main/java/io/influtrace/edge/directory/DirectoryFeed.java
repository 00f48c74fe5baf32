package io.influtrace.edge.directory;

import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.redis.Keys;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the directory true: reads the stream's last id, then the whole tables, then follows the stream from that id, so
 * that nothing falls between. Runs on one event loop with connections of its own, because a blocking read holds up
 * everything else on its connection.
 */
public final class DirectoryFeed {

    /** Block time of one read: also how often a silent stream proves that it is still heard. */
    static final long BLOCK_MS = 1_000;

    /** An answer later than this may have missed trimmed changes: the tables are read anew. */
    static final long TOO_LATE_NANOS = 30_000_000_000L;

    private static final int PAGE = 1_000;
    private static final long RETRY_MS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryFeed.class);

    private final Vertx vertx;
    private final Directory directory;
    private final RedisNodes nodes;
    private final Runnable changed;
    private final Promise<Void> firstLoad = Promise.promise();
    private volatile long lastAnswer = System.nanoTime();
    private volatile boolean everAnswered;
    private String position = "0-0";
    private boolean stopped;

    private DirectoryFeed(Vertx vertx, Directory directory, RedisNodes nodes, Runnable changed) {
        this.vertx = vertx;
        this.directory = directory;
        this.nodes = nodes;
        this.changed = changed;
    }

    /** Begins to load and follow; call on the event loop that owns the connections. */
    public static DirectoryFeed start(Vertx vertx, Directory directory, RedisNodes nodes, Runnable changed) {
        DirectoryFeed feed = new DirectoryFeed(vertx, directory, nodes, changed);
        feed.load();
        return feed;
    }

    /** Completes when the tables were read for the first time. */
    public Future<Void> firstLoad() {
        return firstLoad.future();
    }

    /** Seconds since Redis last confirmed what the directory knows; since the start where it never did. Any thread. */
    public double ageSeconds() {
        return (System.nanoTime() - lastAnswer) / 1e9;
    }

    /** True once the tables came from Redis itself. Any thread. */
    public boolean everAnswered() {
        return everAnswered;
    }

    /** Stops following. */
    public void stop() {
        stopped = true;
    }

    private void load() {
        Records fresh = Records.empty();
        nodes.send(
                        Keys.EDGE_CHANGES,
                        Request.cmd(Command.XREVRANGE)
                                .arg(Keys.EDGE_CHANGES)
                                .arg("+")
                                .arg("-")
                                .arg("COUNT")
                                .arg(1))
                .onSuccess(last ->
                        position = last.size() == 0 ? "0-0" : last.get(0).get(0).toString())
                .compose(last -> scan(fresh, Kind.LINK, Keys.EDGE_LINKS, "0"))
                .compose(links -> scan(fresh, Kind.CREATOR, Keys.EDGE_CREATORS, "0"))
                .compose(creators -> scan(fresh, Kind.INTEGRATION, Keys.EDGE_INTEGRATIONS, "0"))
                .onSuccess(all -> {
                    directory.replace(fresh);
                    answered();
                    everAnswered = true;
                    LOG.info("directory=loaded links={} position={}", directory.links(), position);
                    changed.run();
                    firstLoad.tryComplete();
                    follow();
                })
                .onFailure(lost -> again());
    }

    private Future<Void> scan(Records into, Kind kind, String key, String cursor) {
        return nodes.send(
                        key,
                        Request.cmd(Command.HSCAN)
                                .arg(key)
                                .arg(cursor)
                                .arg("COUNT")
                                .arg(PAGE))
                .compose(page -> {
                    Response pairs = page.get(1);
                    for (int i = 0; i + 1 < pairs.size(); i += 2) {
                        into.put(kind, pairs.get(i).toString(), pairs.get(i + 1).toString());
                    }
                    String next = page.get(0).toString();
                    return next.equals("0") ? Future.succeededFuture() : scan(into, kind, key, next);
                });
    }

    private void follow() {
        if (stopped) {
            return;
        }
        Request read = Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(PAGE)
                .arg("BLOCK")
                .arg(BLOCK_MS)
                .arg("STREAMS")
                .arg(Keys.EDGE_CHANGES)
                .arg(position);
        nodes.send(Keys.EDGE_CHANGES, read)
                .onSuccess(answer -> {
                    boolean late = System.nanoTime() - lastAnswer > TOO_LATE_NANOS;
                    answered();
                    if (late) {
                        load();
                        return;
                    }
                    if (answer != null && answer.size() > 0) {
                        apply(answer.get(0).get(1));
                    }
                    follow();
                })
                .onFailure(lost -> again());
    }

    private void apply(Response entries) {
        for (Response entry : entries) {
            position = entry.get(0).toString();
            Map<String, String> fields = new HashMap<>();
            Response pairs = entry.get(1);
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
            }
            try {
                directory.apply(Change.read(fields));
            } catch (IllegalArgumentException unknown) {
                LOG.warn("change=unknown id={} cause={}", position, unknown.getMessage());
            }
        }
        changed.run();
    }

    // The tables and not the old position: a server that lost its data or failed over may know another stream.
    private void again() {
        if (!stopped) {
            vertx.setTimer(RETRY_MS, timer -> load());
        }
    }

    private void answered() {
        lastAnswer = System.nanoTime();
    }
}
