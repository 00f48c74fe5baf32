package io.influtrace.edge.redis;

import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.protocol.redis.RedisAddress.Endpoint;
import io.influtrace.protocol.redis.RedisAddress.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections: a single one, or one for each master of a cluster, each re-opened alone, because the
 * client's own cluster mode fails every slot while one master is dead. The map of slots is read anew after MOVED, after
 * any close, and every half minute.
 */
public final class RedisNodes {

    private static final long REFRESH_MS = 30_000;
    private static final Set<String> ELSEWHERE = Set.of("MOVED", "CLUSTERDOWN", "READONLY");
    private static final long REFRESH_SOON_MS = 100;

    private final Vertx vertx;
    private final RedisAddress address;
    private final Duration deadline;
    private final Traffic traffic;
    private final Map<Endpoint, HeldConnection> connections = new HashMap<>();
    private final @Nullable Endpoint[] owners = new @Nullable Endpoint[Slots.COUNT];
    private final List<Runnable> onUp = new ArrayList<>();
    private final long refreshTimer;
    private boolean refreshing;
    private int nextSeed;

    private RedisNodes(Vertx vertx, RedisAddress address, Duration deadline, Traffic traffic) {
        this.vertx = vertx;
        this.address = address;
        this.deadline = deadline;
        this.traffic = traffic;
        this.refreshTimer = clustered() ? vertx.setPeriodic(REFRESH_MS, timer -> refresh()) : -1;
    }

    /** Connections that begin to open themselves; call on the owning event loop. */
    public static RedisNodes open(Vertx vertx, RedisAddress address, Duration deadline, Traffic traffic) {
        RedisNodes nodes = new RedisNodes(vertx, address, deadline, traffic);
        if (nodes.clustered()) {
            nodes.refresh();
        } else {
            Endpoint single = address.endpoints().get(0);
            HeldConnection held = HeldConnection.open(vertx, Addresses.single(address), deadline, traffic);
            held.onUp(nodes::cameUp);
            nodes.connections.put(single, held);
        }
        return nodes;
    }

    /** The longest wait for a reply. */
    public Duration deadline() {
        return deadline;
    }

    /** Runs an action each time any connection was opened. */
    public void onUp(Runnable action) {
        onUp.add(action);
        if (connections.values().stream().anyMatch(HeldConnection::isUp)) {
            action.run();
        }
    }

    /** True while the server of that key is connected. */
    public boolean isUp(String key) {
        HeldConnection held = of(key);
        return held != null && held.isUp();
    }

    /** Sends to the server of that key. */
    public Future<Response> send(String key, Request request) {
        HeldConnection held = of(key);
        return held == null ? away() : held.send(request).onFailure(this::refreshIfMoved);
    }

    /** Sends several requests to the server of that key as one piece; one error fails them all. */
    public Future<List<Response>> batch(String key, List<Request> requests) {
        HeldConnection held = of(key);
        return held == null ? away() : held.batch(requests).onFailure(this::refreshIfMoved);
    }

    /** The same, failing unless Redis confirms of the writes what it must. */
    public Future<List<Response>> batch(String key, List<Request> requests, Acknowledgement by) {
        Optional<Request> question = by.question(deadline.toMillis() / 2);
        if (question.isEmpty()) {
            return by == Acknowledgement.NONE ? batch(key, requests) : unconfirmed();
        }
        List<Request> all = new ArrayList<>(requests);
        all.add(question.get());
        return batch(key, all)
                .compose(replies -> by.met(replies.get(replies.size() - 1))
                        ? Future.succeededFuture(replies.subList(0, requests.size()))
                        : unconfirmed());
    }

    /** Asks every server that is connected: the single one, or the masters of a cluster; fails where none is. */
    <T> Future<List<T>> each(Function<HeldConnection, Future<T>> question) {
        List<Future<T>> answers = connections.values().stream()
                .filter(HeldConnection::isUp)
                .map(question)
                .toList();
        return answers.isEmpty() ? away() : Future.all(answers).map(all -> all.<T>list());
    }

    /** The name of the server of that key, to group by; empty while unknown. */
    public String serverOf(String key) {
        if (!clustered()) {
            return "";
        }
        Endpoint owner = owners[Slots.of(key)];
        return owner == null ? "" : owner.host() + ":" + owner.port();
    }

    /** Closes them all for good. */
    public Future<Void> close() {
        vertx.cancelTimer(refreshTimer);
        connections.values().forEach(HeldConnection::close);
        connections.clear();
        return Future.succeededFuture();
    }

    private boolean clustered() {
        return address.kind() == Kind.CLUSTER;
    }

    private @Nullable HeldConnection of(String key) {
        if (!clustered()) {
            return connections.get(address.endpoints().get(0));
        }
        Endpoint owner = owners[Slots.of(key)];
        return owner == null ? null : connections.get(owner);
    }

    private <T> Future<T> away() {
        traffic.failed("not_connected");
        return Future.failedFuture(new RedisAway("not_connected"));
    }

    private <T> Future<T> unconfirmed() {
        traffic.failed("unconfirmed");
        return Future.failedFuture(new RedisAway("unconfirmed"));
    }

    private void refreshIfMoved(Throwable failure) {
        if (clustered() && HeldConnection.says(failure, ELSEWHERE)) {
            refresh();
        }
    }

    private void refresh() {
        if (refreshing) {
            return;
        }
        refreshing = true;
        List<HeldConnection> open =
                connections.values().stream().filter(HeldConnection::isUp).toList();
        boolean borrowed = !open.isEmpty();
        List<Endpoint> seeds = address.endpoints();
        HeldConnection asked = borrowed
                ? open.get(nextSeed++ % open.size())
                : HeldConnection.open(
                        vertx, Addresses.node(address, seeds.get(nextSeed++ % seeds.size())), deadline, traffic);
        Future<Response> answer =
                borrowed ? asked.send(Request.cmd(Command.CLUSTER).arg("SLOTS")) : whenUp(asked);
        answer.onComplete(slots -> {
            refreshing = false;
            if (slots.succeeded()) {
                adopt(slots.result());
            } else {
                vertx.setTimer(REFRESH_SOON_MS * 10, timer -> refresh());
            }
            if (!borrowed) {
                asked.close();
            }
        });
    }

    private Future<Response> whenUp(HeldConnection seed) {
        Promise<Response> answer = Promise.promise();
        seed.onUp(() -> seed.send(Request.cmd(Command.CLUSTER).arg("SLOTS"))
                .onSuccess(answer::tryComplete)
                .onFailure(answer::tryFail));
        vertx.setTimer(deadline.toMillis(), timer -> answer.tryFail(new RedisAway("deadline")));
        return answer.future();
    }

    private void adopt(Response ranges) {
        Set<Endpoint> masters = new HashSet<>();
        for (Response range : ranges) {
            Response master = range.get(2);
            Endpoint endpoint = new Endpoint(master.get(0).toString(), number(master.get(1)));
            masters.add(endpoint);
            for (int slot = number(range.get(0)); slot <= number(range.get(1)); slot++) {
                owners[slot] = endpoint;
            }
        }
        Map<Endpoint, HeldConnection> gone = new HashMap<>(connections);
        gone.keySet().removeAll(masters);
        connections.keySet().retainAll(masters);
        gone.values().forEach(HeldConnection::close);
        masters.stream().filter(endpoint -> !connections.containsKey(endpoint)).forEach(this::connect);
    }

    private static int number(Response reply) {
        return Integer.parseInt(reply.toString());
    }

    private void connect(Endpoint endpoint) {
        HeldConnection held = HeldConnection.open(vertx, Addresses.node(address, endpoint), deadline, traffic);
        connections.put(endpoint, held);
        held.onUp(this::cameUp);
        held.onDown(() -> vertx.setTimer(REFRESH_SOON_MS, timer -> refresh()));
    }

    private void cameUp() {
        onUp.forEach(Runnable::run);
    }
}
