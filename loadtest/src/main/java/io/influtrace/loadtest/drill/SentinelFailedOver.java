package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The master dies and nobody is there to help: a sentinel promotes the replica, and everybody finds it by asking again. */
record SentinelFailedOver() implements Drill {

    private static final String MASTER = "books";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "failover-sentinel";
    }

    @Override
    public String does() {
        return "kill -9 the master that a sentinel watches; the sentinel promotes the replica, for which orders had waited.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).with("DURABILITY", "replica");
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceOrdersRefused");
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of(
                // Each process is started again to hear of the sentinel.
                "InfluTraceProcessDown",
                "InfluTraceRedisRefuses",
                "InfluTraceRedisWentBack",
                "InfluTraceClicksInJournal",
                "InfluTraceOrdersBehind",
                "InfluTraceDirectoryStale");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess master = stage.world().redis();
        RedisProcess replica =
                RedisProcess.start(Ports.anyFree(), master.folder().resolveSibling("replica"), List.of());
        stage.whenDone(replica::stop);
        replica.call("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        await("The replica does not follow its master.", replica, "master_link_status:up");
        RedisProcess sentinel = RedisProcess.sentinel(
                Ports.anyFree(), master.folder().resolveSibling("sentinel"), MASTER, master.port());
        stage.whenDone(sentinel::stop);
        for (Place place : stage.world().all()) {
            place.stop();
            place.change("REDIS_URL", "redis-sentinel://127.0.0.1:%d#%s".formatted(sentinel.port(), MASTER));
            place.start();
        }
        stage.shoppers(Pace.STEADY);
        stage.during(stage.moment(2_000, 3_000));
        master.kill();
        stage.whenDone(master::stop);
        long dead = System.nanoTime();
        await("The sentinel promotes nobody.", replica, "role:master");
        double promoted = (System.nanoTime() - dead) / 1e9;
        stage.world().promote(replica);
        // As its replica, for orders go on waiting for one.
        master.again();
        int then = stage.ledger().accepted().size();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > then);
        stage.during(Duration.ofSeconds(1));
        stage.hold(
                "back",
                back,
                "promoted after %.1f s, orders accepted after %.1f s, when the old master had become a replica"
                        .formatted(promoted, (System.nanoTime() - dead) / 1e9 - 1));
    }

    private static void await(String otherwise, RedisProcess redis, String sign) throws LoadtestFailure {
        if (!Patience.until(PATIENCE, () -> redis.call("INFO", "replication").contains(sign))) {
            throw new LoadtestFailure(otherwise);
        }
    }
}
