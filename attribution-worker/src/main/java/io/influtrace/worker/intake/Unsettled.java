package io.influtrace.worker.intake;

import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Connections;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.models.stream.PendingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Looks at what is pending or undelivered, for the sweep's clock. On a connection of its own; belongs to one thread. */
final class Unsettled implements AutoCloseable {

    /**
     * Entries looked at in one partition. With more waiting nothing expires until they are fewer, which costs nobody anything
     * beside eight days of grace; to look at all of a long backlog at every sweep would.
     */
    private static final int MAX_LOOKED_AT = 2_000;

    private final RedisConnection<byte[]> connection;
    private final List<ReportStream> streams = new ArrayList<>();

    Unsettled(Connections redis, Partitions partitions, String consumer) {
        connection = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        for (int partition = 0; partition < partitions.count(); partition++) {
            streams.add(new ReportStream(connection, partition, consumer));
        }
    }

    /** When the oldest unsettled report of all partitions happened; empty where it cannot be told. */
    OptionalLong oldest() {
        long oldest = Long.MAX_VALUE;
        for (ReportStream stream : streams) {
            // First what nobody has: whatever is handed out meanwhile is then among the pending.
            List<Entry> unsettled = new ArrayList<>(stream.after(stream.lastDelivered(), MAX_LOOKED_AT));
            List<CompletionStage<Optional<Entry>>> pending = new ArrayList<>();
            for (PendingMessage message : Answers.of(stream.pending(0, MAX_LOOKED_AT))) {
                pending.add(stream.find(message.getId()));
            }
            pending.forEach(entry -> Answers.of(entry).ifPresent(unsettled::add));
            if (unsettled.size() >= MAX_LOOKED_AT) {
                return OptionalLong.empty();
            }
            for (Entry entry : unsettled) {
                try {
                    oldest = Math.min(oldest, happened(entry.report()));
                } catch (Entry.Poison unreadable) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.of(oldest);
    }

    private static long happened(Report report) {
        return report instanceof OrderReport order ? order.occurredAt() : report.receivedAt();
    }

    @Override
    public void close() {
        connection.close();
    }
}
