package io.influtrace.worker.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an order is to others.
 *
 * @param renewals the orders that renew it, as far as they are kept; one for each report of it that waits
 * @param target the order that this is but another name of
 */
public record Kin(List<Renewal> renewals, Optional<Target> target) {

    /** An order that nothing else names. */
    public static final Kin NONE = new Kin(List.of(), Optional.empty());

    /** Renewals that are kept by name; a weekly one reaches it in ten years. */
    public static final int MAX_RENEWALS = 520;

    /** Renewals that may wait for an order, for each is kept whole. */
    public static final int MAX_WAITING = 24;

    /** Reports of one renewal that may wait: what pixel, webhook and API each say, and one that amends it. */
    public static final int MAX_REPORTS = 4;

    public Kin {
        renewals = List.copyOf(renewals);
    }

    /**
     * An order that renews this one.
     *
     * @param waiting its whole report while this one is not decided, else empty
     */
    public record Renewal(String orderId, Optional<Waiting> waiting) {}

    /** A report as the fields of its stream entry. */
    public record Waiting(List<String> fields) {
        public Waiting {
            fields = List.copyOf(fields);
        }
    }

    /** The order's own id in the same scope, and the integration that said so. */
    public record Target(String integration, String orderId) {}

    /** True where that report of a renewal waits, or so many others of the same that one more is as good as told. */
    public boolean keeps(String orderId, Waiting report) {
        List<Waiting> kept = renewals.stream()
                .filter(renewal -> renewal.orderId().equals(orderId))
                .flatMap(renewal -> renewal.waiting().stream())
                .toList();
        return kept.contains(report) || kept.size() >= MAX_REPORTS;
    }

    /** True where a renewal of that id is noted. */
    public boolean renewedBy(String orderId) {
        return renewals.stream().anyMatch(renewal -> renewal.orderId().equals(orderId));
    }

    /** The reports that wait for this order. */
    public List<Waiting> waiting() {
        return renewals.stream().flatMap(renewal -> renewal.waiting().stream()).toList();
    }

    /** With one more renewal; beyond the bound the same. */
    public Kin with(Renewal renewal) {
        if (renewals.size() >= MAX_RENEWALS) {
            return this;
        }
        List<Renewal> more = new ArrayList<>(renewals);
        more.add(renewal);
        return new Kin(more, target);
    }

    /** With nobody waiting any more. */
    public Kin released() {
        return new Kin(
                renewals.stream()
                        .map(renewal -> new Renewal(renewal.orderId(), Optional.empty()))
                        .distinct()
                        .toList(),
                target);
    }

    /** As another name of an order. */
    public Kin naming(Target order) {
        return new Kin(renewals, Optional.of(order));
    }
}
