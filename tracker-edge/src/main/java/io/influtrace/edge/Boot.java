package io.influtrace.edge;

import io.influtrace.edge.redis.Meeting;
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
    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

    private final Vertx vertx;
    private final RedisNodes nodes;
    private final Wanted wanted;
    private final boolean allowWeak;
    private final Optional<Map<String, String>> remembered;
    private final Promise<Deployment> known = Promise.promise();
    private final Promise<Map<String, String>> confirmed = Promise.promise();
    private final Consumer<Refused> contradicted;
    private volatile String durability = "unknown";
    private boolean stopped;

    private Boot(
            Vertx vertx,
            RedisNodes nodes,
            Wanted wanted,
            boolean allowWeak,
            Optional<Map<String, String>> remembered,
            Consumer<Refused> contradicted) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.wanted = wanted;
        this.allowWeak = allowWeak;
        this.remembered = remembered;
        this.contradicted = contradicted;
    }

    /** Begins; call on the event loop that owns the connections. */
    static Boot start(
            Vertx vertx,
            RedisNodes nodes,
            Wanted wanted,
            boolean allowWeak,
            Optional<Map<String, String>> remembered,
            Consumer<Refused> contradicted) {
        Boot boot = new Boot(vertx, nodes, wanted, allowWeak, remembered, contradicted);
        boot.ask();
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

    /** How durable Redis is: a word for a metric's label. */
    String durability() {
        return durability;
    }

    void stop() {
        stopped = true;
    }

    private void ask() {
        if (stopped) {
            return;
        }
        Meeting.durability(nodes)
                .compose(checks -> {
                    durability = checks.level();
                    if (checks.level().equals("unknown")) {
                        LOG.warn("redis=unchecked cause=\"INFO is forbidden; durability and eviction are unknown\"");
                    } else if (!checks.complaint().isEmpty() && !allowWeak) {
                        return Future.failedFuture(new Refused(checks.complaint()));
                    } else if (!checks.complaint().isEmpty()) {
                        LOG.warn("redis=weak cause=\"{}\"", checks.complaint());
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
                        vertx.setTimer(RETRY_MS, timer -> ask());
                    }
                });
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
                    durability,
                    deployment.partitions().count());
            // In this order: whoever learns the deployment finds the reading of the tables begun.
            confirmed.tryComplete(fields);
            known.tryComplete(deployment);
        } catch (IllegalStateException mismatch) {
            refuse(new Refused(String.valueOf(mismatch.getMessage())));
        }
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
