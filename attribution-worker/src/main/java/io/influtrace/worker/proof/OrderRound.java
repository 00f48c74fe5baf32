package io.influtrace.worker.proof;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.ledger.Books;
import io.influtrace.worker.ledger.Inspection;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.State;
import io.influtrace.worker.ledger.StoredOrder;
import io.influtrace.worker.ledger.TouchStatus;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks at orders and at clicks' statuses, a page at a time. A difference between the two is told only where the order
 * stood still, settled and with nothing left to write, before and after the status was read.
 */
final class OrderRound {

    /** Orders of one script: some hundred kilobytes. */
    private static final int CHUNK = 200;

    /** How often an order that is just being settled is looked at again; then it counts as unsettled. */
    private static final int TRIES = 5;

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final List<Inspection> walks;
    private final List<Prints> prints;
    private final TouchCheck touches;
    private final Findings findings;
    private final boolean mending;

    OrderRound(
            RedisConnection<String> redis,
            Partitions partitions,
            List<Inspection> walks,
            List<Prints> prints,
            TouchCheck touches,
            Findings findings,
            boolean mending) {
        this.redis = redis;
        this.partitions = partitions;
        this.walks = walks;
        this.prints = prints;
        this.touches = touches;
        this.findings = findings;
        this.mending = mending;
    }

    /** A status that names an order. */
    private record Named(ClickId click, TouchStatus status) {}

    /** Orders of one partition, each once. */
    void orders(int partition, List<String> identities) {
        for (int from = 0; from < identities.size(); from += CHUNK) {
            List<StoredOrder> orders =
                    walks.get(partition).orders(identities.subList(from, Math.min(from + CHUNK, identities.size())));
            List<CompletableFuture<List<Difference>>> asked = new ArrayList<>();
            for (StoredOrder order : orders) {
                findings.order(order.still());
                order.record()
                        .ifPresent(record ->
                                prints.get(partition).take(order.identity().text(), Books.of(record)));
                alone(partition, order);
                asked.add(
                        order.still()
                                ? forward(order).toCompletableFuture()
                                : CompletableFuture.completedFuture(List.of()));
            }
            for (int i = 0; i < orders.size(); i++) {
                if (!Answers.of(asked.get(i)).isEmpty()) {
                    again(orders.get(i).identity());
                }
            }
        }
    }

    private CompletionStage<List<Difference>> forward(StoredOrder order) {
        return touches.forward(order.identity(), order.record().orElseThrow());
    }

    private void alone(int partition, StoredOrder seen) {
        StoredOrder order = seen;
        for (int i = 0; i < TRIES; i++) {
            List<Difference> found = OrderCheck.of(order);
            boolean sound = mending && OrderCheck.content(order).isEmpty();
            if (found.isEmpty()) {
                return;
            }
            if (!sound || replaced(partition, order)) {
                found.forEach(sound ? findings::mended : findings::left);
                return;
            }
            order = read(order.identity());
        }
    }

    private boolean replaced(int partition, StoredOrder order) {
        return walks.get(partition).replace(order, order.record().map(Books::of).orElse(Map.of()));
    }

    private void again(OrderIdentity identity) {
        for (int i = 0; i < TRIES; i++) {
            StoredOrder before = read(identity);
            if (!before.still()) {
                continue;
            }
            List<Difference> found = Answers.of(forward(before));
            if (found.isEmpty()) {
                return;
            }
            StoredOrder after = read(identity);
            if (after.still() && after.text().equals(before.text())) {
                found.forEach(findings::left);
                return;
            }
        }
    }

    /** Buckets of statuses, by key: what each says of an order, that order's decision must say too. */
    void statuses(List<String> keys) {
        List<CompletableFuture<Map<String, String>>> asked = keys.stream()
                .map(key -> redis.async().hgetall(key).toCompletableFuture())
                .toList();
        Map<String, List<Named>> named = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Answers.of(asked.get(i))
                    .forEach((slot, text) -> click(key, slot)
                            .ifPresent(click -> TouchCheck.read(text)
                                    .ifPresentOrElse(
                                            status -> TouchCheck.orders(status)
                                                    .forEach(order -> named.computeIfAbsent(
                                                                    order, first -> new ArrayList<>())
                                                            .add(new Named(click, status))),
                                            () -> findings.left(
                                                    new Difference("status", "click " + click, text, "unreadable")))));
        }
        Map<Integer, List<String>> byPartition = new TreeMap<>();
        named.keySet()
                .forEach(order -> byPartition
                        .computeIfAbsent(partitions.ofName(order), first -> new ArrayList<>())
                        .add(order));
        byPartition.forEach((partition, orders) -> {
            for (int from = 0; from < orders.size(); from += CHUNK) {
                for (StoredOrder order :
                        walks.get(partition).orders(orders.subList(from, Math.min(from + CHUNK, orders.size())))) {
                    named.getOrDefault(order.identity().text(), List.of()).forEach(each -> backward(order, each));
                }
            }
        });
    }

    private void backward(StoredOrder seen, Named named) {
        StoredOrder before = seen;
        for (int i = 0; i < TRIES && said(before, named).isPresent(); i++) {
            boolean stands = names(named.click, before.identity());
            StoredOrder now = read(before.identity());
            Optional<Difference> found = stands ? said(now, named) : Optional.empty();
            if (found.isPresent() && now.text().equals(before.text())) {
                findings.left(found.get());
                return;
            }
            before = now;
        }
    }

    private boolean names(ClickId click, OrderIdentity order) {
        String status = Answers.of(redis.async().hget(Keys.statuses(click), Integer.toString(click.slot())));
        return Optional.ofNullable(status)
                .flatMap(TouchCheck::read)
                .filter(read -> TouchCheck.orders(read).contains(order.text()))
                .isPresent();
    }

    /** An order on its way may have touched the click already, or yet. */
    private Optional<Difference> said(StoredOrder order, Named named) {
        boolean underWay = order.settling()
                || order.record()
                        .filter(record -> record.state() == State.DECIDING)
                        .isPresent();
        Optional<OrderRecord> record = order.record();
        return underWay ? Optional.empty() : TouchCheck.backward(order.identity(), record, named.click, named.status);
    }

    private StoredOrder read(OrderIdentity identity) {
        return walks.get(partitions.of(identity))
                .orders(List.of(identity.text()))
                .get(0);
    }

    private static Optional<ClickId> click(String key, String slot) {
        String[] name = key.substring(key.indexOf("s:") + 2).split(":", -1);
        if (name.length != 3 || !slot.matches("[0-9]{1,2}")) {
            return Optional.empty();
        }
        return ClickId.parse(Integer.parseInt(key.substring(2, key.indexOf('}')))
                + "-" + name[0] + "-" + name[1] + "-"
                + Long.toHexString(Long.parseLong(name[2], 16) * ClickId.BUCKET_SIZE + Integer.parseInt(slot)));
    }
}
