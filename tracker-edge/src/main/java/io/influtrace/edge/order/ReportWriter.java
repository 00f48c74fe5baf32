package io.influtrace.edge.order;

import io.influtrace.edge.redis.RedisAway;
import io.influtrace.edge.redis.RedisNodes;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes reports into their partition's stream and says so only when Redis has. What one turn of the event loop brings
 * leaves as one piece on the next, without a timer. Confined to its event loop.
 */
public final class ReportWriter {

    /** Reports that wait for Redis on one loop; above it a sender is refused at once instead of waiting in a queue. */
    static final int MAX_WAITING = 2_048;

    private final Vertx vertx;
    private final RedisNodes nodes;
    private final Partitions partitions;
    private final Map<String, List<Waiting>> byServer = new HashMap<>();
    private int waiting;
    private boolean scheduled;

    /** What goes out together and in that order; the last of it is the report itself. */
    private record Waiting(String key, List<Request> requests, Promise<List<Response>> written) {}

    private ReportWriter(Vertx vertx, RedisNodes nodes, Partitions partitions) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.partitions = partitions;
    }

    /** A writer of the calling event loop. */
    public static ReportWriter of(Vertx vertx, RedisNodes nodes, Partitions partitions) {
        return new ReportWriter(vertx, nodes, partitions);
    }

    /** Completes when the report lies in its stream; fails where it may not. */
    public Future<Void> write(Report report) {
        return send(report, List.of()).mapEmpty();
    }

    /**
     * The same, completing with what was known of the order before: its record, or empty. Both go out as one piece to the
     * one server, so that asking costs no wait of its own.
     */
    Future<String> write(Report report, OrderIdentity order) {
        int partition = partitions.of(order);
        Request known = Request.cmd(Command.GET).arg(Keys.order(partition, order.text()));
        return send(report, List.of(known))
                .map(replies -> replies.get(0) == null ? "" : replies.get(0).toString(StandardCharsets.UTF_8));
    }

    private Future<List<Response>> send(Report report, List<Request> before) {
        if (waiting >= MAX_WAITING) {
            return Future.failedFuture(RedisAway.busy());
        }
        String key = Keys.reports(partition(report));
        Request add = Request.cmd(Command.XADD).arg(key).arg("*");
        ReportFields.write(report).forEach((field, value) -> add.arg(field).arg(value));
        List<Request> requests = new ArrayList<>(before);
        requests.add(add);
        Promise<List<Response>> written = Promise.promise();
        waiting++;
        byServer.computeIfAbsent(nodes.serverOf(key), server -> new ArrayList<>())
                .add(new Waiting(key, requests, written));
        if (!scheduled) {
            scheduled = true;
            vertx.runOnContext(turn -> flush());
        }
        return written.future().onComplete(done -> waiting--);
    }

    private int partition(Report report) {
        if (report instanceof OrderReport order) {
            return partitions.of(order.identity());
        }
        if (report instanceof RefundReport refund) {
            return partitions.of(refund.identity());
        }
        if (report instanceof NameReport name) {
            return partitions.of(name.identity());
        }
        return report instanceof SurveyReport survey
                ? partitions.of(survey.identity())
                : partitions.ofName(report.integration());
    }

    private void flush() {
        scheduled = false;
        List<List<Waiting>> batches = new ArrayList<>(byServer.values());
        byServer.clear();
        batches.forEach(batch -> {
            String key = batch.get(0).key;
            Future<List<Response>> replies = nodes.batch(
                    key, batch.stream().flatMap(each -> each.requests.stream()).toList());
            replies.onComplete(done -> {
                int from = 0;
                for (Waiting each : batch) {
                    int until = from + each.requests.size();
                    if (done.succeeded()) {
                        each.written.complete(done.result().subList(from, until));
                    } else {
                        each.written.fail(done.cause());
                    }
                    from = until;
                }
            });
        });
    }
}
