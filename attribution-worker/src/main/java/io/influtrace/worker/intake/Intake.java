package io.influtrace.worker.intake;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.click.Pings;
import io.influtrace.worker.order.Orders;
import io.influtrace.worker.order.Outcome;
import io.influtrace.worker.order.Tokens;
import io.influtrace.worker.order.Unsettleable;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.models.stream.PendingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's reports, taken in and settled by the batch. Reports of one order, and orders of one browser, settle one
 * after another in order of arrival; all others side by side. Belongs to one thread, which may block.
 */
final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Reports settled side by side; Redis is the limit long before. */
    static final int BATCH = 256;

    /** After so many deliveries an entry is a dead letter: a bug or a bad entry must not go round for ever. */
    static final int MAX_TRIES = 5;

    /** A blocking read lies well below it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RedisConnection<byte[]> connection;
    private final ReportStream stream;
    private final Orders orders;
    private final Pings pings;
    private final ClickTokens tokens;

    private Intake(RedisConnection<byte[]> connection, ReportStream stream, Orders orders, TokenKeys keys) {
        this.connection = connection;
        this.stream = stream;
        this.orders = orders;
        this.pings = new Pings(orders.facts(), orders.followers());
        this.tokens = ClickTokens.of(keys);
    }

    /** Opens a connection of its own and joins the group. */
    static Intake open(
            Redis redis, Partitions partitions, int partition, String consumer, Orders orders, TokenKeys keys) {
        if (partition >= partitions.count()) {
            throw new IllegalArgumentException("partition " + partition + " of " + partitions.count());
        }
        RedisConnection<byte[]> connection =
                redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), TIMEOUT);
        ReportStream stream = new ReportStream(connection, partition, consumer);
        stream.join();
        return new Intake(connection, stream, orders, keys);
    }

    /** An entry that was handed out and is not settled yet; {@code receivedAt} is 0 where it cannot be read. */
    record Arrived(Intake intake, Entry entry, long receivedAt) {
        /** By the edge's receipt; entries of one instant by the time at which Redis had them. */
        static final Comparator<Arrived> ORDER = Comparator.comparingLong(Arrived::receivedAt)
                .thenComparing(arrived -> arrived.entry.id().length())
                .thenComparing(arrived -> arrived.entry.id());

        void settle() {
            intake.settle(List.of(entry));
        }
    }

    /** What is there, handed to this worker. */
    List<Arrived> arrived() {
        return stream.next(BATCH, 0).stream()
                .map(entry -> new Arrived(this, entry, receivedAt(entry)))
                .toList();
    }

    private static long receivedAt(Entry entry) {
        try {
            return entry.report().receivedAt();
        } catch (Entry.Poison unreadable) {
            return 0;
        }
    }

    /** Settles what is there, waiting up to {@code millis} for it; true where there was anything. */
    boolean round(long millis) {
        List<Entry> entries = stream.next(BATCH, millis);
        settle(entries);
        return !entries.isEmpty();
    }

    /** Takes over what was abandoned for {@code idle} milliseconds; what was tried often enough is buried. */
    void claim(long idle) {
        List<String> tryAgain = new ArrayList<>();
        List<String> dead = new ArrayList<>();
        for (PendingMessage message : stream.abandoned(idle, BATCH)) {
            (message.getRedeliveryCount() >= MAX_TRIES ? dead : tryAgain).add(message.getId());
        }
        for (String id : dead) {
            for (Entry entry : stream.claim(List.of(id), idle)) {
                stream.bury(entry, reason(entry));
            }
        }
        if (!tryAgain.isEmpty()) {
            settle(stream.claim(tryAgain, idle));
        }
    }

    void trim() {
        stream.trim();
    }

    private void settle(List<Entry> entries) {
        Map<String, CompletableFuture<?>> last = new HashMap<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Entry entry : entries) {
            Report report;
            try {
                report = entry.report();
            } catch (Entry.Poison poison) {
                LOG.warn(
                        "entry unreadable partition={} id={} reason={}", stream.partition(), entry.id(), poison.reason);
                continue;
            }
            List<String> shared = shared(report);
            CompletableFuture<?>[] before =
                    shared.stream().map(last::get).filter(Objects::nonNull).toArray(CompletableFuture<?>[]::new);
            Tokens opened = Tokens.open(tokens(report), tokens);
            CompletableFuture<?> settled = CompletableFuture.allOf(before)
                    .thenCompose(done -> settle(report, opened, entry.id()))
                    .handle((outcome, failure) -> told(entry, failure));
            shared.forEach(key -> last.put(key, settled));
            all.add(settled);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    }

    private CompletionStage<Outcome> settle(Report report, Tokens opened, String id) {
        if (report instanceof OrderReport order) {
            return orders.order(order, opened, id);
        } else if (report instanceof RefundReport refund) {
            return orders.refund(refund, id);
        } else if (report instanceof SurveyReport survey) {
            return orders.survey(survey, id);
        } else if (report instanceof NameReport name) {
            return orders.name(name, id);
        }
        Outcome met = new Outcome("noted", "ping");
        return pings.meet((PingReport) report, opened)
                .thenCompose(done -> orders.ledger().acknowledge(stream.partition(), id, met.tally()))
                .thenApply(done -> met);
    }

    private Void told(Entry entry, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Unsettleable refused) {
            LOG.warn("entry refused partition={} id={} reason={}", stream.partition(), entry.id(), refused.reason);
        } else if (cause != null) {
            LOG.error("entry failed partition={} id={}", stream.partition(), entry.id(), cause);
        }
        return null;
    }

    /** Why a dead letter is one: what makes it unreadable, else that settling it failed. */
    private static String reason(Entry entry) {
        try {
            entry.report();
            return "settlement_failed";
        } catch (Entry.Poison poison) {
            return poison.reason;
        }
    }

    private static List<String> tokens(Report report) {
        if (report instanceof OrderReport order) {
            return order.tokens();
        }
        return report instanceof PingReport ping ? ping.tokens() : List.of();
    }

    /** What reports must not be settled side by side for: their order, or a click of the same browser. */
    private static List<String> shared(Report report) {
        List<String> keys = new ArrayList<>(tokens(report));
        if (report instanceof OrderReport order) {
            keys.add(order.identity().text());
            order.renews()
                    .ifPresent(
                            first -> keys.add(new OrderIdentity(order.identity().scope(), first).text()));
        } else if (report instanceof NameReport name) {
            keys.add(name.identity().text());
        } else if (report instanceof RefundReport refund) {
            keys.add(refund.identity().text());
        } else if (report instanceof SurveyReport survey) {
            keys.add(survey.identity().text());
        }
        return keys;
    }

    @Override
    public void close() {
        connection.close();
    }
}
