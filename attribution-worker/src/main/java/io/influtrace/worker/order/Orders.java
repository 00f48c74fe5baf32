package io.influtrace.worker.order;

import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.ledger.History;
import io.influtrace.worker.ledger.Ledger;
import io.influtrace.worker.ledger.OrderRecord;
import io.influtrace.worker.ledger.OrderRecord.Stamp;
import io.influtrace.worker.ledger.OrderRecord.State;
import io.influtrace.worker.ledger.Tickets;
import io.influtrace.worker.ledger.Touches;
import io.influtrace.worker.redis.RedisConnection;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Takes in what stores report of an order: find what is known, decide, settle. Thread-safe; each stage completes once the
 * report has taken effect and its entry is acknowledged, and fails where it must be tried again.
 */
public final class Orders {

    /** How often one report is taken up anew because the record changed meanwhile; then it waits to be claimed. */
    private static final int MAX_TURNS = 20;

    private final Ledger ledger;
    private final Facts facts;
    private final Deciding deciding;
    private final Followers followers;
    private final Booking booking;
    private final Settlement settlement;
    private final FurtherReports further;
    private final Refunds refunds;
    private final Renewals renewals;
    private final Names names;

    private Orders(Ledger ledger, Touches touches, Tickets tickets, Catalog catalog, Clock clock, Witness witness) {
        this.ledger = ledger;
        this.facts = new Facts(catalog);
        this.deciding = new Deciding(facts, tickets);
        this.followers = new Followers(ledger, touches, facts, clock, new Kept(ledger, new SecondLooks(ledger, clock)));
        this.booking = new Booking(ledger);
        this.settlement = new Settlement(ledger, touches, deciding, followers, booking, clock, witness);
        this.further = new FurtherReports(ledger, facts, deciding, booking, settlement);
        this.refunds = new Refunds(ledger, booking);
        this.renewals = new Renewals(ledger);
        this.names = new Names(ledger, followers);
    }

    /** Orders kept in a Redis. */
    public static Orders of(
            RedisConnection<String> redis, Partitions partitions, Catalog catalog, Clock clock, Witness witness) {
        return new Orders(
                new Ledger(redis, partitions),
                new Touches(redis),
                new Tickets(redis, partitions),
                catalog,
                clock,
                witness);
    }

    /** What is known of the clicks that orders name. */
    public Facts facts() {
        return facts;
    }

    /** What follows for touches. */
    public Followers followers() {
        return followers;
    }

    /** The books. */
    public Ledger ledger() {
        return ledger;
    }

    /** Settles a report of an order, the first or a further one; a renewal follows, or waits for, the order it renews. */
    public CompletionStage<Outcome> order(OrderReport report, Tokens tokens, String entry) {
        if (report.renews().isEmpty()) {
            return order(report, tokens, Optional.empty(), entry);
        }
        return renewals.first(this::turn, report)
                .thenCompose(found -> found instanceof Renewals.Waits
                        ? acknowledged(report.identity(), entry, Renewals.WAITING)
                                .thenApply(Turn::outcome)
                        : order(report, tokens, ((Renewals.Found) found).first(), entry));
    }

    private CompletionStage<Outcome> order(
            OrderReport report, Tokens tokens, Optional<Renewals.First> first, String entry) {
        OrderIdentity order = report.identity();
        return turn(order, entry, record -> {
            if (Names.is(record)) {
                return names.forward(record, report, entry);
            }
            boolean open = record.state() == State.WAITING
                    || record.ruling()
                            .map(ruling -> ruling.decision().verdict() == Verdict.IGNORED)
                            .orElse(false);
            boolean wanted = report.integrationStatus().equals("connected");
            return open && (wanted || record.state() == State.WAITING)
                    ? first(report, tokens, first, entry, record)
                    : further.take(report, tokens, first, entry, record);
        });
    }

    /** Takes in another name of an order; what came under it goes where it belongs. */
    public CompletionStage<Outcome> name(NameReport report, String entry) {
        return turn(report.identity(), entry, record -> names.take(report, record, entry));
    }

    /** Books a refund or a cancellation, once; one that comes before its order waits in the order's record. */
    public CompletionStage<Outcome> refund(RefundReport report, String entry) {
        return turn(
                report.identity(),
                entry,
                record ->
                        Names.is(record) ? names.forward(record, report, entry) : refunds.take(report, record, entry));
    }

    /** Keeps the creator that a shopper named; the first answer stands, and no answer ever pays. */
    public CompletionStage<Outcome> survey(SurveyReport report, String entry) {
        OrderIdentity order = report.identity();
        Optional<String> creator = report.creator().flatMap(facts::handle);
        return turn(order, entry, record -> {
            if (Names.is(record)) {
                return names.forward(record, report, entry);
            }
            if (creator.isEmpty() || record.history().survey().isPresent()) {
                Outcome outcome = creator.isEmpty() ? new Outcome("noted", "creator_unknown") : Outcome.DUPLICATE;
                return acknowledged(order, entry, outcome);
            }
            OrderRecord named = record.with(record.history().naming(creator.get()));
            return booking.rewritten(order, record, named, "survey", entry, new Outcome("noted", "survey"));
        });
    }

    /** Writes what an order left to be written when its worker died. */
    public CompletionStage<Void> finish(OrderIdentity order) {
        return ledger.unfinished(order)
                .thenCompose(due -> due.isEmpty()
                        ? CompletableFuture.allOf()
                        : ledger.read(order)
                                .thenCompose(record -> followers.write(order, record, due.get()))
                                .thenAccept(done -> {}));
    }

    /** The end of a report that had been booked when its worker died; what follows of it may be wanting. */
    private CompletionStage<Turn> booked(OrderIdentity order, OrderRecord record, String entry) {
        return ledger.unfinished(order)
                .thenCompose(due -> due.equals(Optional.of(entry))
                        ? followers.write(order, record, entry)
                        : CompletableFuture.completedStage(record))
                .thenApply(done -> Turn.settled(done, entry));
    }

    /** Approves what an order has held long enough; completes once nothing of it is left to approve. */
    public CompletionStage<Void> approve(OrderIdentity order, long now) {
        return ledger.read(order).thenCompose(record -> approve(order, record, now, MAX_TURNS));
    }

    private CompletionStage<Void> approve(OrderIdentity order, OrderRecord record, long now, int left) {
        if (left == 0) {
            return CompletableFuture.failedStage(new IllegalStateException("the record never stood still"));
        }
        return booking.approval(order, record, now)
                .thenCompose(change -> change.after().money().equals(record.money())
                        ? CompletableFuture.completedStage(null)
                        : ledger.put(change)
                                .thenCompose(put -> put instanceof Ledger.Stands
                                        ? CompletableFuture.completedStage(null)
                                        : approve(order, Settlement.current(put), now, left - 1)));
    }

    private CompletionStage<Turn> first(
            OrderReport report, Tokens tokens, Optional<Renewals.First> renewed, String entry, OrderRecord record) {
        OrderIdentity order = report.identity();
        Inputs inputs = Renewals.renewing(facts, facts.of(report, tokens, report.customer()), renewed);
        Optional<Stamp> stamp = report.source().trusted() ? FurtherReports.stamp(report) : Optional.empty();
        History history = record.history().stating(stamp, report.items());
        return deciding.decide(order, inputs, report.customer())
                .thenCompose(ruling -> settlement.begin(
                        order, record, history.asked(report.customer(), ruling.decision()), ruling, entry))
                .thenApply(settled -> Turn.settled(settled, entry));
    }

    private CompletionStage<Turn> acknowledged(OrderIdentity order, String entry, Outcome outcome) {
        return ledger.acknowledge(ledger.partitions().of(order), entry, outcome.tally())
                .thenApply(done -> Turn.over(outcome));
    }

    /** Reads the record, first finishes what another left undone, then makes the move; again where it changed. */
    private CompletionStage<Outcome> turn(
            OrderIdentity order, String entry, Function<OrderRecord, CompletionStage<Turn>> move) {
        return ledger.read(order).thenCompose(record -> turn(order, record, entry, move, MAX_TURNS));
    }

    private CompletionStage<Outcome> turn(
            OrderIdentity order,
            OrderRecord record,
            String entry,
            Function<OrderRecord, CompletionStage<Turn>> move,
            int left) {
        if (left == 0) {
            return CompletableFuture.failedStage(new IllegalStateException("the record never stood still"));
        }
        CompletionStage<Turn> turn;
        try {
            boolean mine = record.entry().equals(entry);
            turn = switch (record.state()) {
                case WAITING -> move.apply(record);
                case DECIDING ->
                    settlement
                            .carryOn(order, record)
                            .thenApply(settled -> mine ? Turn.settled(settled, entry) : Turn.again(settled));
                case DONE -> mine ? booked(order, record, entry) : move.apply(record);
            };
        } catch (Unsettleable refused) {
            return CompletableFuture.failedStage(refused);
        }
        return turn.thenCompose(made -> made.again()
                .map(current -> turn(order, current, entry, move, left - 1))
                .orElseGet(() -> CompletableFuture.completedStage(made.outcome())));
    }
}
