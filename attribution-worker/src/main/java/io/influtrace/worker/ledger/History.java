package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.Item;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.ledger.OrderRecord.Further;
import io.influtrace.worker.ledger.OrderRecord.Refund;
import io.influtrace.worker.ledger.OrderRecord.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the order besides its decision.
 *
 * @param stamp whose amounts stand; empty where only a browser stated them
 * @param joinedUnsigned true where only an unsigned later report brought the earning signal
 * @param customer the customer's hash, kept only while a later report may still bring a signal; erasure takes it out
 * @param kin what the order is to others
 */
public record History(
        List<Refund> refunds,
        Optional<String> survey,
        Optional<Stamp> stamp,
        boolean joinedUnsigned,
        List<Further> reports,
        long duplicates,
        List<Item> items,
        Optional<String> customer,
        Kin kin) {

    /** Further reports that are kept in full; beyond it they are only counted, so that no store can swell a record. */
    public static final int MAX_REPORTS = 20;

    /** Refunds of one order; beyond any store's practice, and the bound of a record's size. */
    public static final int MAX_REFUNDS = 200;

    static final History EMPTY = new History(
            List.of(), Optional.empty(), Optional.empty(), false, List.of(), 0, List.of(), Optional.empty(), Kin.NONE);

    public History {
        refunds = List.copyOf(refunds);
        reports = List.copyOf(reports);
        items = List.copyOf(items);
    }

    /** With one more refund; a running one takes the place of what it said before. */
    public History with(Refund refund) {
        List<Refund> more = new ArrayList<>(refunds);
        more.removeIf(earlier -> earlier.id().equals(refund.id()));
        more.add(refund);
        return new History(more, survey, stamp, joinedUnsigned, reports, duplicates, items, customer, kin);
    }

    /** With the creator that the shopper named. */
    public History naming(String creator) {
        return new History(
                refunds, Optional.of(creator), stamp, joinedUnsigned, reports, duplicates, items, customer, kin);
    }

    /** With the amounts' source and lines. */
    public History stating(Optional<Stamp> newStamp, List<Item> newItems) {
        return new History(refunds, survey, newStamp, joinedUnsigned, reports, duplicates, newItems, customer, kin);
    }

    /** With the mark of an unsigned join. */
    public History joined(boolean unsigned) {
        return new History(refunds, survey, stamp, unsigned, reports, duplicates, items, customer, kin);
    }

    /** With a further report. */
    public History with(Further report) {
        List<Further> more = new ArrayList<>(reports);
        if (more.size() < MAX_REPORTS) {
            more.add(report);
        }
        boolean duplicate = report.outcome().equals("duplicate");
        return new History(
                refunds, survey, stamp, joinedUnsigned, more, duplicates + (duplicate ? 1 : 0), items, customer, kin);
    }

    /** With the customer remembered while the order lacks a signal, and forgotten once it has one. */
    public History asked(Optional<String> hash, Decision decision) {
        Optional<String> kept = decision.verdict() == Verdict.UNATTRIBUTED ? hash : Optional.empty();
        return new History(refunds, survey, stamp, joinedUnsigned, reports, duplicates, items, kept, kin);
    }

    /** Without the customer. */
    public History nameless() {
        return new History(refunds, survey, stamp, joinedUnsigned, reports, duplicates, items, Optional.empty(), kin);
    }

    /** With what the order is to others. */
    public History with(Kin others) {
        return new History(refunds, survey, stamp, joinedUnsigned, reports, duplicates, items, customer, others);
    }

    /** What a refund of that id took back. */
    public Optional<Refund> refund(String id) {
        return refunds.stream().filter(refund -> refund.id().equals(id)).findFirst();
    }
}
