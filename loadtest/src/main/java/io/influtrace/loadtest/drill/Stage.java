package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Flood;
import io.influtrace.loadtest.shopper.Ledger;
import io.influtrace.loadtest.shopper.Shoppers;
import io.influtrace.loadtest.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a drill acts on, and where it notes what it saw. */
public final class Stage {

    private final World world;
    private final Path root;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final List<Shoppers> crowds = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final long seed;
    private String mayLose = "";
    private long planted;
    private int floods;

    Stage(World world, Path root, long seed) {
        this.world = world;
        this.root = root;
        this.seed = seed;
        this.random = new Random(seed);
    }

    World world() {
        return world;
    }

    /** The checkout, below which the scripts lie. */
    Path root() {
        return root;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Of this run's seed. */
    Random random() {
        return random;
    }

    /** Lets a crowd in. */
    Shoppers shoppers(Shoppers.Pace pace) {
        Shoppers crowd = Shoppers.start(world, ledger, pace, "D" + crowds.size() + "-", seed + crowds.size());
        crowds.add(crowd);
        return crowd;
    }

    /** Lets so many orders a second come, whatever becomes of them; the caller ends it. */
    Flood flood(double rate) {
        return Flood.start(world, ledger, rate, "F" + ++floods + "-", seed + floods);
    }

    /** Lets so many shoppers place one order after another; the caller ends it. */
    Flood inTurn(int shoppers) {
        return Flood.inTurn(world, ledger, shoppers, "F" + ++floods + "-", seed + floods);
    }

    /** Lets time pass under load. */
    void during(Duration time) throws LoadtestFailure {
        Patience.pause(time);
    }

    /** A random moment from one to another, in milliseconds. */
    Duration moment(int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }

    /** Notes whether something held. */
    void hold(String what, boolean held, String figures) {
        findings.add(new Finding(what, held, figures));
    }

    /** Runs an action when the drill is over. */
    void whenDone(Runnable action) {
        endings.add(action);
    }

    /** Says that accepted orders may be missing, and by which word of the promise. */
    void mayLose(String word) {
        mayLose = word;
    }

    /** Says that so many entries were put into the streams by hand. */
    void planted(long entries) {
        planted += entries;
    }

    String mayLose() {
        return mayLose;
    }

    long planted() {
        return planted;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Waits until every shopper has a final answer. */
    void settle(Duration longest) throws LoadtestFailure {
        for (Shoppers crowd : crowds) {
            crowd.lastOrders();
        }
        for (Shoppers crowd : crowds) {
            crowd.settle(longest);
        }
    }

    /** Sends everybody home, answered or not. */
    void close() {
        crowds.forEach(Shoppers::lastOrders);
        crowds.forEach(Shoppers::close);
        endings.forEach(Runnable::run);
    }
}
