package io.influtrace.protocol.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop: how many there may be, and how long one may take to bring a whole request head.
 * Bytes alone buy no time, or a byte a minute would hold a place for ever. Confined to its event loop.
 */
public final class Connections {

    private static final int TICK_MS = 250;

    /** How long a connection may be silent while three quarters of all places are taken. */
    private static final Duration CROWDED = Duration.ofSeconds(5);

    private final Limits limits;
    private final HttpMeters meters;
    private final Heads.Host host;
    private final Map<HttpConnection, Place> open = new HashMap<>();
    private int tick;

    private Connections(Limits limits, HttpMeters meters, Heads.Host host) {
        this.limits = limits;
        this.meters = meters;
        this.host = host;
    }

    /**
     * What a connection may take.
     *
     * @param connections open at once on this loop
     * @param request from the opening of a connection to its first whole head
     * @param keepAlive from each head to the next; longer than any answer takes, so nothing in hand is cut off
     */
    public record Limits(int connections, Duration request, Duration keepAlive) {}

    // A tick is cheaper than a clock, and this is written once a request.
    private static final class Place {
        private int lastHead;
        private boolean spoke;

        private Place(int tick) {
            this.lastHead = tick;
        }
    }

    /** Makes a server answer through this door; call on the loop that owns it. */
    public static HttpServer guard(
            Vertx vertx, HttpServer server, Handler<HttpServerRequest> answers, Limits limits, HttpMeters meters) {
        return guard(vertx, server, answers, limits, meters, Heads.Host.NAMED);
    }

    /** The same, saying who need not name the host. */
    static HttpServer guard(
            Vertx vertx,
            HttpServer server,
            Handler<HttpServerRequest> answers,
            Limits limits,
            HttpMeters meters,
            Heads.Host host) {
        Connections connections = new Connections(limits, meters, host);
        vertx.setPeriodic(TICK_MS, timer -> connections.closeSilent());
        return server.connectionHandler(connections::opened)
                .invalidRequestHandler(connections::unreadable)
                .requestHandler(request -> connections.head(request, answers));
    }

    private void opened(HttpConnection connection) {
        if (open.size() >= limits.connections) {
            meters.refused("too_many_connections");
            connection.close();
            return;
        }
        open.put(connection, new Place(tick));
        connection.exceptionHandler(failure -> {
            @Nullable String abuse = Heads.abuse(failure);
            if (abuse != null) {
                meters.refused(abuse);
            }
        });
        meters.connections(1);
        connection.closeHandler(closed -> {
            if (open.remove(connection) != null) {
                meters.connections(-1);
            }
        });
    }

    private void head(HttpServerRequest request, Handler<HttpServerRequest> answers) {
        Place place = open.get(request.connection());
        if (place == null) {
            request.connection().close();
            return;
        }
        place.lastHead = tick;
        place.spoke = true;
        @Nullable Problem fault = Heads.fault(request, host);
        if (fault != null) {
            meters.refused(fault.code());
            HangUp.soon(request);
            fault.send(request.response());
            return;
        }
        if (Heads.isChunked(request)) {
            HangUp.afterAnswer(request);
        }
        answers.handle(request);
    }

    // The server itself closes the connection behind this answer.
    private void unreadable(HttpServerRequest request) {
        Problem problem = Heads.unreadable(request);
        meters.refused(problem.code());
        problem.send(request.response());
    }

    // A connection with unread answers closes only once its writes time out; until then it is asked once a while.
    private void close(HttpConnection connection) {
        Place place = open.get(connection);
        if (place != null) {
            place.lastHead = tick;
        }
        connection.close();
    }

    private void closeSilent() {
        tick++;
        boolean crowded = open.size() * 4L >= limits.connections * 3L;
        List<HttpConnection> late = new ArrayList<>();
        open.forEach((connection, place) -> {
            Duration patience = place.spoke ? limits.keepAlive : limits.request;
            Duration limit = crowded && patience.compareTo(CROWDED) > 0 ? CROWDED : patience;
            if ((long) (tick - place.lastHead) * TICK_MS > limit.toMillis()) {
                late.add(connection);
                if (!place.spoke) {
                    meters.refused("head_timeout");
                }
            }
        });
        late.forEach(this::close);
    }
}
