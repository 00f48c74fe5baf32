package io.influtrace.worker.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.reading.Payout;
import io.influtrace.worker.reading.Payout.Line;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Payouts over all partitions. Whom one pays is kept under its id first; then each partition pays what it owes them, once
 * for the id; last the amounts are kept. Whoever repeats it finishes what another began, or reads the first result.
 * Thread-safe.
 */
public final class Payouts {

    /** Creators and currencies of one payout: with 16 partitions as many scripts as Redis does in two seconds. */
    public static final int MAX_LINES = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Script PLAN = Script.of(Payouts.class, "plan.lua");

    private final RedisConnection<String> redis;
    private final Partitions partitions;
    private final Ledger ledger;

    public Payouts(RedisConnection<String> redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
        this.ledger = new Ledger(redis, partitions);
    }

    /**
     * Marks as paid what these creators are owed at this moment; the first plan under an id stands for ever.
     *
     * @param lines at most {@link #MAX_LINES}; their amounts do not count
     */
    public CompletionStage<Payout> pay(String id, long at, List<Line> lines) {
        if (lines.size() > MAX_LINES) {
            return CompletableFuture.failedStage(new IllegalArgumentException("more than " + MAX_LINES + " lines"));
        }
        int partition = partition(id);
        String[] arguments = {id, Long.toString(at), write(new Payout(id, at, false, lines))};
        CompletionStage<String> reply = PLAN.run(
                redis,
                ScriptOutputType.VALUE,
                List.of(LedgerKeys.payout(partition, id), LedgerKeys.payoutIndex(partition)),
                arguments);
        return reply.thenCompose(plan -> carryOn(read(id, plan)));
    }

    private CompletionStage<Payout> carryOn(Payout plan) {
        if (plan.paid()) {
            return CompletableFuture.completedStage(plan);
        }
        CompletionStage<List<Line>> lines = CompletableFuture.completedStage(new ArrayList<>());
        for (Line line : plan.lines()) {
            // One line after another, so that no connection's queue holds more than the partitions of one.
            lines = lines.thenCompose(done -> amount(plan, line).thenApply(amount -> {
                done.add(new Line(line.creator(), line.currency(), amount));
                return done;
            }));
        }
        return lines.thenCompose(done -> {
            Payout paid = new Payout(plan.id(), plan.at(), true, done);
            return redis.async()
                    .set(LedgerKeys.payout(partition(plan.id()), plan.id()), write(paid))
                    .thenApply(kept -> paid);
        });
    }

    private CompletionStage<Long> amount(Payout plan, Line line) {
        List<CompletableFuture<Long>> parts = new ArrayList<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            parts.add(ledger.pay(partition, plan.id(), line.creator(), line.currency(), plan.at())
                    .toCompletableFuture());
        }
        return LedgerReading.all(parts)
                .thenApply(
                        amounts -> amounts.stream().mapToLong(Long::longValue).sum());
    }

    /** The payout of an id. */
    public CompletionStage<Optional<Payout>> read(String id) {
        return redis.async()
                .get(LedgerKeys.payout(partition(id), id))
                .thenApply(text -> Optional.ofNullable(text).map(found -> read(id, found)));
    }

    /** The newest payouts, newest first. */
    public CompletionStage<List<Payout>> newest(int limit) {
        List<CompletableFuture<List<ScoredValue<String>>>> found = new ArrayList<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            found.add(redis.async()
                    .zrevrangebyscoreWithScores(
                            LedgerKeys.payoutIndex(partition), Range.unbounded(), Limit.create(0, limit))
                    .toCompletableFuture());
        }
        return LedgerReading.all(found).thenCompose(lists -> {
            List<CompletableFuture<Optional<Payout>>> read = lists.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.<ScoredValue<String>>comparingDouble(ScoredValue::getScore)
                            .reversed()
                            .thenComparing(ScoredValue::getValue))
                    .limit(limit)
                    .map(each -> read(each.getValue()).toCompletableFuture())
                    .toList();
            return LedgerReading.all(read)
                    .thenApply(payouts ->
                            payouts.stream().flatMap(Optional::stream).toList());
        });
    }

    private int partition(String id) {
        return partitions.ofName("payout:" + id);
    }

    private static String write(Payout payout) {
        ObjectNode json = JSON.createObjectNode().put("at", payout.at()).put("paid", payout.paid());
        payout.lines()
                .forEach(line -> json.withArray("lines")
                        .addArray()
                        .add(line.creator())
                        .add(line.currency())
                        .add(line.amount()));
        return json.toString();
    }

    private static Payout read(String id, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("an unreadable payout", unreadable);
        }
        List<Line> lines = new ArrayList<>();
        json.path("lines")
                .forEach(line -> lines.add(new Line(
                        line.path(0).asText(),
                        line.path(1).asText(),
                        line.path(2).asLong())));
        return new Payout(id, json.path("at").asLong(), json.path("paid").asBoolean(), lines);
    }
}
