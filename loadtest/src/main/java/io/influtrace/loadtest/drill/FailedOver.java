package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.loadtest.world.Plan.Proxied;
import io.influtrace.loadtest.world.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A replica that had lost its master's line takes over: what waited for a replica is all there, what did not is named. */
record FailedOver(boolean waits) implements Drill {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return waits ? "failover-replica" : "failover-fsync";
    }

    @Override
    public String does() {
        return "A replica loses touch with its master, the master's machine burns, the replica takes over; orders "
                + (waits ? "waited for the replica." : "waited for the master's disk only.");
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1).throughProxy(Proxied.EVERYBODY).with("DURABILITY", waits ? "replica" : "fsync");
    }

    @Override
    public Set<String> alerts() {
        Set<String> alerts = new HashSet<>(Set.of("InfluTraceOrdersRefused"));
        if (!waits) {
            alerts.add("InfluTraceRedisWentBack");
        }
        return alerts;
    }

    @Override
    public Set<String> possibleAlerts() {
        return Set.of(
                "InfluTraceRedisWentBack",
                "InfluTraceRedisRefuses",
                "InfluTraceClicksInJournal",
                "InfluTraceOrdersBehind",
                "InfluTraceDirectoryStale");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        RedisProcess master = stage.world().redis();
        RedisProcess replica =
                RedisProcess.start(Ports.anyFree(), master.folder().resolveSibling("replica"), List.of());
        Proxy line = Proxy.before(master.port());
        try {
            replica.call("REPLICAOF", "127.0.0.1", Integer.toString(line.port()));
            if (!Patience.until(
                    PATIENCE, () -> replica.call("INFO", "replication").contains("master_link_status:up"))) {
                throw new LoadtestFailure("The replica does not follow its master.");
            }
            stage.shoppers(Pace.STEADY);
            stage.during(stage.moment(2_000, 3_000));
            line.part();
            if (!waits) {
                stage.mayLose("fsync");
            }
            stage.during(stage.moment(1_000, 1_500));
        } finally {
            line.close();
            master.kill();
        }
        replica.call("REPLICAOF", "NO", "ONE");
        stage.world().promote(replica);
        // Nobody replicates the new master yet, so who waits for a replica waits for this one.
        RedisProcess next = RedisProcess.start(Ports.anyFree(), replica.folder().resolveSibling("next"), List.of());
        stage.whenDone(next::stop);
        next.call("REPLICAOF", "127.0.0.1", Integer.toString(replica.port()));
        int then = stage.ledger().accepted().size();
        boolean back = Patience.until(PATIENCE, () -> stage.ledger().accepted().size() > then);
        stage.during(Duration.ofSeconds(1));
        stage.hold("back", back, "orders are accepted by the promoted replica");
    }
}
