package io.influtrace.edge.order;

import io.influtrace.edge.redis.Acknowledgement;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports into their partition's stream and says so only when Redis has. What one turn of the event loop brings
 * leaves as one piece on the next, without a timer. Confined to its event loop.
 */
public final class ReportWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    /** Masters whose pace is remembered; a cluster that was rebuilt under other addresses leaves idle ones behind. */
    private static final int MOST_LINES = 256;

    private final Vertx vertx;
    private final RedisNodes nodes;
    private final Partitions partitions;
    private final Supplier<Acknowledgement> acknowledgement;
    private final HighWater highWater;
    private final OrderMeters meters;
    private final Map<String, List<Waiting>> byServer = new HashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();
    private final Set<String> checked = new HashSet<>();
    private final Map<String, InFlight> lines = new HashMap<>();
    private int waiting;
    private boolean scheduled;

    /** What goes out together and in that order; the last of it is the report itself. */
    private record Waiting(String key, List<Request> requests, Promise<List<Response>> written) {}

    private ReportWriter(
            Vertx vertx,
            RedisNodes nodes,
            Partitions partitions,
            Supplier<Acknowledgement> acknowledgement,
            HighWater highWater,
            OrderMeters meters) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.partitions = partitions;
        this.acknowledgement = acknowledgement;
        this.highWater = highWater;
        this.meters = meters;
    }

    /**
     * A writer of the calling event loop.
     *
     * @param acknowledgement what Redis must confirm of each write, as of now
     * @param highWater one for the process
     */
    public static ReportWriter of(
            Vertx vertx,
            RedisNodes nodes,
            Partitions partitions,
            Supplier<Acknowledgement> acknowledgement,
            HighWater highWater,
            OrderMeters meters) {
        ReportWriter writer = new ReportWriter(vertx, nodes, partitions, acknowledgement, highWater, meters);
        // Behind each new connection may be a server that knows less than the one before.
        nodes.onUp(writer.checked::clear);
        return writer;
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
        String key = Keys.reports(partition(report));
        String server = nodes.serverOf(key);
        InFlight line = line(server);
        long now = System.nanoTime();
        if (waiting >= InFlight.MOST || line.isFull(now)) {
            return Future.failedFuture(RedisAway.busy());
        }
        Request add = Request.cmd(Command.XADD).arg(key).arg("*");
        ReportFields.write(report).forEach((field, value) -> add.arg(field).arg(value));
        String known = highWater.newest(key);
        boolean check = !known.isEmpty() && checked.add(key);
        List<Request> requests = new ArrayList<>();
        if (check) {
            Request newest = Request.cmd(Command.XREVRANGE).arg(key).arg("+").arg("-");
            requests.add(newest.arg("COUNT").arg(1));
        }
        requests.addAll(before);
        requests.add(add);
        Promise<List<Response>> written = Promise.promise();
        InFlight.Place place = line.enter(now);
        waiting++;
        byServer.computeIfAbsent(server, first -> new ArrayList<>()).add(new Waiting(key, requests, written));
        if (!scheduled) {
            scheduled = true;
            vertx.runOnContext(turn -> flush());
        }
        return written.future()
                .onComplete(done -> {
                    waiting--;
                    line.leave(place, System.nanoTime(), done.succeeded());
                })
                .onFailure(lost -> checked.remove(key))
                .map(replies -> {
                    if (check) {
                        compare(key, known, replies.get(0));
                    }
                    highWater.acknowledged(key, replies.get(replies.size() - 1).toString());
                    return check ? replies.subList(1, replies.size()) : replies;
                });
    }

    // One for each master: one that is slow or stands still refuses nothing of the others.
    private InFlight line(String server) {
        if (lines.size() > MOST_LINES) {
            lines.values().removeIf(InFlight::isEmpty);
        }
        return lines.computeIfAbsent(
                server, first -> new InFlight(nodes.deadline().toNanos()));
    }

    private void compare(String key, String known, Response newest) {
        String last = newest.size() == 0 ? "" : newest.get(0).get(0).toString();
        if (highWater.missing(key, known, last)) {
            meters.wentBack();
            LOG.error(
                    "redis=went_back stream={} acknowledged={} last={} note=\"accepted reports are missing\"",
                    key,
                    known,
                    last);
        }
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
        Acknowledgement by = acknowledgement.get();
        for (String server : List.copyOf(byServer.keySet())) {
            // A confirmation holds up its connection: while one is awaited, what comes joins the next batch.
            if (!unconfirmed.contains(server)) {
                send(server, byServer.remove(server), by);
            }
        }
    }

    private void send(String server, @Nullable List<Waiting> batch, Acknowledgement by) {
        if (batch == null) {
            return;
        }
        if (by != Acknowledgement.NONE) {
            unconfirmed.add(server);
        }
        String key = batch.get(0).key;
        Future<List<Response>> replies = nodes.batch(
                key, batch.stream().flatMap(each -> each.requests.stream()).toList(), by);
        replies.onComplete(done -> {
            unconfirmed.remove(server);
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
            if (byServer.containsKey(server)) {
                flush();
            }
        });
    }
}
