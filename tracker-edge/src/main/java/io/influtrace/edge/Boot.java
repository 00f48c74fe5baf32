package io.influtrace.edge;

import io.influtrace.edge.redis.Meeting;
import io.influtrace.edge.redis.Pledge;
import io.influtrace.edge.redis.RedisAway;
import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.redis.Deployment;
import io.influtrace.protocol.redis.Deployment.Wanted;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what this deployment is: from Redis, or, while Redis is away, from the last snapshot. What a snapshot said is
 * held against Redis as soon as that is back, and a contradiction stops the process.
 */
final class Boot {

    /** How long a start waits for Redis before it makes do with the snapshot. */
    static final long PATIENCE_MS = 2_000;

    private static final long RETRY_MS = 200;
    private static final long LOOK_AGAIN_MS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

    private final Vertx vertx;
    private final RedisNodes nodes;
    private final Wanted wanted;
    private final boolean allowWeak;
    private final Optional<Map<String, String>> remembered;
    private final Promise<Deployment> known = Promise.promise();
    private final Promise<Map<String, String>> confirmed = Promise.promise();
    private final Consumer<Refused> contradicted;
    private final String durability;
    private volatile Pledge pledge;
    private long retry = -1;
    private boolean stopped;

    private Boot(
            Vertx vertx,
            RedisNodes nodes,
            Wanted wanted,
            String durability,
            boolean allowWeak,
            Optional<Map<String, String>> remembered,
            Consumer<Refused> contradicted) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.wanted = wanted;
        this.durability = durability;
        this.pledge = Pledge.unknown(durability);
        this.allowWeak = allowWeak;
        this.remembered = remembered;
        this.contradicted = contradicted;
    }

    /** Begins; call on the event loop that owns the connections. */
    static Boot start(
            Vertx vertx,
            RedisNodes nodes,
            Wanted wanted,
            String durability,
            boolean allowWeak,
            Optional<Map<String, String>> remembered,
            Consumer<Refused> contradicted) {
        Boot boot = new Boot(vertx, nodes, wanted, durability, allowWeak, remembered, contradicted);
        boot.ask();
        // No connection is open yet in the first moment, and the next try need not be waited for once one is.
        nodes.onUp(boot::askNow);
        remembered.ifPresent(fields -> vertx.setTimer(PATIENCE_MS, timer -> boot.makeDo(fields)));
        return boot;
    }

    /** The deployment, from Redis or the snapshot; fails with {@link Refused}. */
    Future<Deployment> known() {
        return known.future();
    }

    /** The deployment's fields, once Redis itself gave them. */
    Future<Map<String, String>> confirmed() {
        return confirmed.future();
    }

    /** What a 2xx means now. Any thread. */
    Pledge pledge() {
        return pledge;
    }

    void stop() {
        stopped = true;
    }

    private void ask() {
        if (stopped) {
            return;
        }
        Meeting.durability(nodes)
                .compose(found -> {
                    Pledge possible = Pledge.of(durability, found.durability(), found.waitAof());
                    pledge = possible;
                    if (possible.level().equals("unknown")) {
                        LOG.warn("redis=unchecked cause=\"INFO is forbidden; durability and eviction are unknown\"");
                    }
                    if (!possible.complaint().isEmpty() && (possible.binding() || !allowWeak)) {
                        return Future.failedFuture(new Refused(possible.complaint()));
                    } else if (!possible.complaint().isEmpty()) {
                        LOG.warn("redis=weak cause=\"{}\"", possible.complaint());
                    }
                    return Meeting.deployment(nodes, wanted, remembered.orElseGet(HashMap::new));
                })
                .onSuccess(this::met)
                .onFailure(failure -> {
                    if (failure instanceof Refused refused) {
                        refuse(refused);
                    } else {
                        if (!(failure instanceof RedisAway)) {
                            LOG.warn("redis=refuses cause=\"{}\"", failure.getMessage());
                        }
                        retry = vertx.setTimer(RETRY_MS, timer -> ask());
                    }
                });
    }

    private void askNow() {
        if (vertx.cancelTimer(retry)) {
            ask();
        }
    }

    private void met(Map<String, String> fields) {
        try {
            Deployment deployment = wanted.with(fields);
            if (!fields.entrySet()
                    .containsAll(remembered.orElseGet(HashMap::new).entrySet())) {
                refuse(new Refused("Redis names another deployment than the snapshot that this edge started from;"
                        + " start it again."));
                return;
            }
            LOG.info(
                    "redis=met durability={} partitions={}",
                    pledge.level(),
                    deployment.partitions().count());
            nodes.onUp(this::lookAgain);
            vertx.setPeriodic(LOOK_AGAIN_MS, timer -> lookAgain());
            // In this order: whoever learns the deployment finds the reading of the tables begun.
            confirmed.tryComplete(fields);
            known.tryComplete(deployment);
        } catch (IllegalStateException mismatch) {
            refuse(new Refused(String.valueOf(mismatch.getMessage())));
        }
    }

    // After a failover another server is asked than at the start, and a setting may change while it runs.
    private void lookAgain() {
        Meeting.durability(nodes).onSuccess(found -> {
            Pledge now = Pledge.of(durability, found.durability(), found.waitAof());
            if (!now.equals(pledge)) {
                LOG.warn(
                        "redis=changed durability={} before={} cause=\"{}\"",
                        now.level(),
                        pledge.level(),
                        now.complaint());
            }
            pledge = now;
        });
    }

    private void makeDo(Map<String, String> fields) {
        if (known.future().isComplete() || stopped) {
            return;
        }
        try {
            Deployment deployment = wanted.with(fields);
            LOG.warn("redis=away start=snapshot");
            known.tryComplete(deployment);
        } catch (IllegalStateException mismatch) {
            LOG.warn("snapshot=unusable cause=\"{}\"", mismatch.getMessage());
        }
    }

    private void refuse(Refused refused) {
        stopped = true;
        if (!known.tryFail(refused)) {
            contradicted.accept(refused);
        }
    }
}
