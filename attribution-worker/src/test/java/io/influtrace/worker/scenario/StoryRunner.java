package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.intake.Attributor;
import io.influtrace.worker.ledger.Payouts;
import io.influtrace.worker.proof.Proof;
import io.influtrace.worker.proof.Statement;
import io.influtrace.worker.reading.Payout;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.scenario.StoryWorker.CrashPoint;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Tells stories to a real worker on a real Redis, one after another, each on an empty one. */
public final class StoryRunner implements AutoCloseable {

    private static final Partitions PARTITIONS = new Partitions(Partitions.DEFAULT_COUNT);
    private static final TokenKeys KEYS = TokenKeys.generate("story", new Random(7));
    private static final CustomerHash HASHES = CustomerHash.of(new byte[32]);

    private final Redis redis;
    private final RedisConnection<byte[]> connection;
    private final RedisConnection<String> proving;
    private final boolean dying;

    private StoryRunner(Redis redis, boolean dying) {
        this.redis = redis;
        this.dying = dying;
        this.proving = redis.connect();
        this.connection = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
    }

    public static StoryRunner on(Redis redis) {
        return new StoryRunner(redis, false);
    }

    /**
     * Tells them to workers that die at every step of every order's settlement, and proves the books after each. What a
     * dead worker left to be said of the losers waits for the next sweep, so statuses and clicks are not compared with the story's.
     */
    public static StoryRunner dyingOn(Redis redis) {
        return new StoryRunner(redis, true);
    }

    /** Tells a story given as the map that a YAML file would hold, and fails where its end is not as it expects. */
    public void run(Map<String, Object> story) throws Exception {
        run(Story.of(story));
    }

    void run(Story story) throws Exception {
        connection.async().flushall().get();
        List<Node> steps = story.steps();
        long first = steps.isEmpty() ? 0 : steps.get(0).instant("at").orElse(0L);
        StoryClock clock = new StoryClock(first);
        try (CatalogStore store = CatalogStore.open(redis, clock);
                Telling telling = new Telling(store, clock, story.world())) {
            for (Node step : steps) {
                if (step.has("order")) {
                    telling.reports.foresee(step.map("order"));
                }
            }
            for (Node step : steps) {
                telling.step(step);
            }
            Catalog catalog = store.catalog();
            new Expectations(
                            telling.worker.reading(),
                            catalog,
                            telling.edge,
                            telling.reports,
                            day(first),
                            day(clock.millis()))
                    .check(dying ? story.expect().without("events").without("clicks") : story.expect());
            prove(clock, "the end");
        }
    }

    /** Every decision, booking, balance, counter and status computed again. */
    private void prove(StoryClock clock, String when) {
        Statement statement = Proof.of(proving, PARTITIONS, clock, Attributor.Rules.USUAL.retention())
                .verify();
        assertThat(statement.left()).as("differences in the books at " + when).isEmpty();
    }

    @Override
    public void close() {
        proving.close();
        connection.close();
    }

    private static LocalDate day(long at) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.UTC);
    }

    /** One story under way. */
    private final class Telling implements AutoCloseable {
        private final StoryClock clock;
        private final StoryWorld world;
        private final StoryEdge edge;
        private final StoryReports reports;
        private final Catalog catalog;
        private StoryWorker worker;
        private boolean settling = true;
        private int workers;
        private Optional<CrashPoint> crash = Optional.empty();

        Telling(CatalogStore store, StoryClock clock, Node overrides) {
            this.clock = clock;
            this.catalog = store.catalog();
            this.world = new StoryWorld(store, HASHES, overrides);
            this.edge = new StoryEdge(connection, catalog, ClickTokens.of(KEYS), PARTITIONS);
            this.reports = new StoryReports(catalog, edge, HASHES);
            this.worker = start();
        }

        private StoryWorker start() {
            return RealWorker.start(redis, catalog, clock, PARTITIONS, KEYS, "worker-" + ++workers);
        }

        void step(Node step) throws Exception {
            step.knowing(
                    "at", "click", "order", "refund", "cancel", "change", "sweep", "settle", "forget", "crash",
                    "payout", "ping", "survey");
            long at = step.instant("at").orElseThrow(() -> new StoryError(step + " lacks at"));
            clock.moveTo(at);
            if (step.names().size() != 2) {
                throw new StoryError(step + " is not one thing at one instant");
            }
            if (step.has("click")) {
                edge.click(at, step.map("click"));
            } else if (step.has("order")) {
                Optional<OrderReport> order = reports.order(at, step.map("order"));
                if (order.isPresent()) {
                    deliver(order.get(), order.get().identity().text());
                }
            } else if (step.has("refund")) {
                Optional<RefundReport> refund = reports.refund(at, step.map("refund"));
                if (refund.isPresent()) {
                    deliver(refund.get(), refund.get().identity().text());
                }
            } else if (step.has("cancel")) {
                RefundReport cancel = reports.cancel(at, step.map("cancel"));
                deliver(cancel, cancel.identity().text());
            } else if (step.has("ping")) {
                Node ping = step.map("ping");
                deliver(reports.ping(at, ping), "visitor " + ping);
            } else if (step.has("survey")) {
                SurveyReport survey = reports.survey(at, step.map("survey"));
                deliver(survey, survey.identity().text());
            } else if (step.has("change")) {
                world.change(at, step.map("change"));
            } else if (step.has("sweep")) {
                worker.sweep();
            } else if (step.has("settle")) {
                settling = step.flag("settle");
                settle();
            } else if (step.has("payout")) {
                pay(at, step.map("payout").knowing("id"));
            } else if (step.has("forget")) {
                edge.forget();
            } else {
                crash = Optional.of(CrashPoint.ofWord(step.need("crash")));
            }
        }

        /** Pays everybody all that they are owed, as the back office does. */
        private void pay(long at, Node payout) throws Exception {
            List<Payout.Line> lines = worker.reading().balances().toCompletableFuture().get().stream()
                    .filter(balance -> balance.owed() > 0)
                    .map(balance -> new Payout.Line(balance.creator(), balance.currency(), 0))
                    .toList();
            new Payouts(proving, PARTITIONS)
                    .pay(payout.need("id"), at, lines)
                    .toCompletableFuture()
                    .get();
        }

        private void deliver(Report report, String identity) throws Exception {
            Map<String, byte[]> fields = new LinkedHashMap<>();
            ReportFields.write(report)
                    .forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
            connection
                    .async()
                    .xadd(Keys.reports(PARTITIONS.ofName(identity)), fields)
                    .get();
            if (crash.isPresent() && report instanceof OrderReport && settling) {
                die(crash.get());
                crash = Optional.empty();
            }
            if (dying && settling) {
                for (CrashPoint point : CrashPoint.values()) {
                    die(point);
                }
            }
            settle();
        }

        private void die(CrashPoint point) throws Exception {
            worker.settleAndDie(point);
            worker.close();
            worker = start();
            prove(clock, point.name());
        }

        private void settle() throws Exception {
            if (settling) {
                worker.settle();
            }
        }

        @Override
        public void close() {
            worker.close();
        }
    }
}
