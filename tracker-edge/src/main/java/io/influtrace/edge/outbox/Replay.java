package io.influtrace.edge.outbox;

import io.influtrace.edge.redis.RedisAway;
import io.influtrace.edge.redis.RedisNodes;
import io.vertx.core.Vertx;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the journal back into Redis, oldest first, one flush at a time, whenever Redis is there. */
public final class Replay {

    private static final long LOOK_MS = 500;
    private static final Set<String> PASSING = Set.of(
            "OOM",
            "LOADING",
            "READONLY",
            "MISCONF",
            "CLUSTERDOWN",
            "MOVED",
            "ASK",
            "TRYAGAIN",
            "MASTERDOWN",
            "NOREPLICAS",
            "BUSY",
            "NOAUTH",
            "NOPERM");
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Vertx vertx;
    private final RedisNodes nodes;
    private final Journal journal;
    private final OutboxMeters meters;
    private final FlushScript script = FlushScript.load();
    private boolean stopped;

    private Replay(Vertx vertx, RedisNodes nodes, Journal journal, OutboxMeters meters) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.journal = journal;
        this.meters = meters;
    }

    /** Begins to look at the journal; call on the event loop that owns the connections. */
    public static Replay start(Vertx vertx, RedisNodes nodes, Journal journal, OutboxMeters meters) {
        Replay replay = new Replay(vertx, nodes, journal, meters);
        replay.next();
        return replay;
    }

    /** Stops; what is left waits for the next start. */
    public void stop() {
        stopped = true;
    }

    private void next() {
        if (stopped) {
            return;
        }
        if (journal.bytes() == 0) {
            later();
            return;
        }
        journal.oldest(vertx)
                .onSuccess(oldest -> oldest.ifPresentOrElse(this::replay, this::later))
                .onFailure(failed -> {
                    LOG.error("journal=unreadable cause=\"{}\"", failed.toString());
                    later();
                });
    }

    private void replay(FlushCall call) {
        script.apply(nodes, call)
                .onSuccess(applied -> {
                    meters.replayed(call.clicks());
                    advance(call);
                })
                .onFailure(failure -> {
                    if (passes(failure)) {
                        later();
                    } else {
                        LOG.error("journal=rejected clicks={} cause=\"{}\"", call.clicks(), failure.getMessage());
                        meters.lost("rejected", call.clicks());
                        advance(call);
                    }
                });
    }

    private void advance(FlushCall call) {
        journal.replayed(vertx, call).onSuccess(done -> next()).onFailure(failed -> later());
    }

    private void later() {
        vertx.setTimer(LOOK_MS, timer -> next());
    }

    private static boolean passes(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        return failure instanceof RedisAway || PASSING.contains(said.split(" ", 2)[0]);
    }
}
