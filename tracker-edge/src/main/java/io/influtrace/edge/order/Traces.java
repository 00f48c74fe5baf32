package io.influtrace.edge.order;

import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a merchant asks about an integration: when its pixel was last seen, and which beacons were refused. Both are
 * throttled, for neither may cost more than the orders do. Confined to its event loop.
 */
public final class Traces {

    /** Refused beacons kept of one integration. */
    static final int KEPT = 100;

    private static final int NEAR_MISSES_A_SECOND = 20;
    private static final long SEEN_EVERY_MS = 1_000;
    private static final int MAX_SHOWN = 300;

    private final RedisNodes nodes;
    private final Partitions partitions;
    private final Map<String, Long> seen = new HashMap<>();
    private long second;
    private int inSecond;

    /** Traces of the calling event loop. */
    public Traces(RedisNodes nodes, Partitions partitions) {
        this.nodes = nodes;
        this.partitions = partitions;
    }

    /** Notes that the registered origin's pixel was there; known integrations only, which bounds the table. */
    Future<Void> seen(IntegrationRecord integration, String origin, long at) {
        Long last = seen.get(integration.id());
        if (last != null && Math.abs(at - last) < SEEN_EVERY_MS) {
            return Future.succeededFuture();
        }
        seen.put(integration.id(), at);
        String key = Keys.lastSeen(partitions.ofName(integration.id()), integration.id());
        Request set = Request.cmd(Command.HSET).arg(key);
        set.arg("at").arg(Long.toString(at)).arg("origin").arg(origin);
        return nodes.send(key, set).<Void>mapEmpty().onFailure(lost -> seen.remove(integration.id()));
    }

    /** Keeps a refused beacon or delivery; false where the throttle dropped it. */
    public boolean refused(IntegrationRecord integration, Problem problem, String orderId, long at) {
        if (at / 1_000 != second) {
            second = at / 1_000;
            inSecond = 0;
        }
        if (++inSecond > NEAR_MISSES_A_SECOND) {
            return false;
        }
        JsonObject entry = new JsonObject().put("at", at).put("code", problem.code());
        problem.field().ifPresent(field -> entry.put("field", field));
        problem.expected().ifPresent(expected -> entry.put("expected", cut(expected)));
        problem.got().ifPresent(got -> entry.put("got", cut(got)));
        if (!orderId.isEmpty()) {
            entry.put("orderId", orderId);
        }
        String key = Keys.nearMisses(partitions.ofName(integration.id()), integration.id());
        nodes.batch(
                key,
                List.of(
                        Request.cmd(Command.LPUSH).arg(key).arg(entry.encode()),
                        Request.cmd(Command.LTRIM).arg(key).arg(0).arg(KEPT - 1)));
        return true;
    }

    private static String cut(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) : text;
    }
}
