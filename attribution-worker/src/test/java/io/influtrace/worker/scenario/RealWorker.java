package io.influtrace.worker.scenario;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ledger.LedgerReading;
import io.influtrace.worker.order.Witness;
import io.influtrace.worker.reading.Reading;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The worker itself, stepped by the story instead of its own threads. */
final class RealWorker implements StoryWorker {

    private final Attributor attributor;
    private final RedisConnection<String> texts;
    private final RedisConnection<byte[]> rows;
    private final Reading reading;
    private final Set<Witness.Step> deadly;

    private RealWorker(
            Attributor attributor, Redis redis, Catalog catalog, Partitions partitions, Set<Witness.Step> deadly) {
        this.attributor = attributor;
        this.texts = redis.connect();
        this.rows = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        this.reading = LedgerReading.of(texts, rows, partitions, catalog);
        this.deadly = deadly;
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static StoryWorker start(
            Redis redis, Catalog catalog, Clock clock, Partitions partitions, TokenKeys keys, String name) {
        Set<Witness.Step> deadly = ConcurrentHashMap.newKeySet();
        Witness witness = step -> {
            if (deadly.contains(step)) {
                throw new Death();
            }
        };
        return new RealWorker(
                Attributor.watched(redis, catalog, clock, partitions, keys, name, witness),
                redis,
                catalog,
                partitions,
                deadly);
    }

    @Override
    public void settle() {
        attributor.claim(Duration.ZERO);
        attributor.finish();
        attributor.round();
    }

    @Override
    public void settleAndDie(CrashPoint point) {
        deadly.add(
                switch (point) {
                    case AFTER_DECISION -> Witness.Step.DECISION;
                    case AFTER_TOUCHES -> Witness.Step.TOUCHES;
                    case AFTER_LEDGER -> Witness.Step.LEDGER;
                });
        attributor.claim(Duration.ZERO);
        attributor.round();
    }

    @Override
    public void sweep() {
        attributor.sweep();
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public void close() {
        attributor.close();
        texts.close();
        rows.close();
    }
}
