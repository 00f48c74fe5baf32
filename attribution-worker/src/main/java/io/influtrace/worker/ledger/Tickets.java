package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What an order must ask for before it is decided, because others compete for it; each answer is kept under the order, so
 * asking again changes nothing. Thread-safe.
 */
public final class Tickets {

    private static final Script COUPON = Script.of(Tickets.class, "coupon.lua");
    private static final Script MONTH = Script.of(Tickets.class, "month.lua");
    private static final DateTimeFormatter MONTH_NAME =
            DateTimeFormatter.ofPattern("yyyyMM").withZone(ZoneOffset.UTC);

    private final RedisConnection<String> redis;
    private final Partitions partitions;

    public Tickets(RedisConnection<String> redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /**
     * Whether an order may use a code.
     *
     * @param customer the customer's hash where the code serves each once
     */
    public CompletionStage<Boolean> mayUse(
            OrderIdentity order, String coupon, OptionalLong limit, Optional<String> customer) {
        int partition = partitions.ofName("coupon:" + coupon);
        String[] arguments = {order.text(), Long.toString(limit.orElse(-1)), customer.orElse("")};
        CompletionStage<Long> reply = COUPON.run(
                redis,
                ScriptOutputType.INTEGER,
                List.of(LedgerKeys.uses(partition, coupon), LedgerKeys.once(partition, coupon)),
                arguments);
        return reply.thenApply(answer -> answer == 1);
    }

    /** Which of a creator's credited orders of the calendar month (UTC) this is, from 1. */
    public CompletionStage<Long> place(OrderIdentity order, String creator, long occurredAt) {
        int partition = partitions.ofName("creator:" + creator);
        String month = MONTH_NAME.format(Instant.ofEpochMilli(occurredAt));
        String[] arguments = {order.text()};
        return MONTH.run(
                redis, ScriptOutputType.INTEGER, List.of(LedgerKeys.month(partition, creator, month)), arguments);
    }
}
