package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.CouponEvent;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An order's record as the back office sees it. */
final class Views {

    private Views() {}

    static Optional<OrderView> order(OrderIdentity identity, OrderRecord record) {
        if (record.state() != OrderRecord.State.DONE) {
            return Optional.empty();
        }
        return record.ruling()
                .map(ruling -> new OrderView(
                        identity,
                        ruling.inputs(),
                        Attribution.decide(ruling.inputs()),
                        Accounting.standing(ruling.inputs(), ruling.decision(), record.refunded()),
                        record.refunded(),
                        record.history().refunds().stream().anyMatch(OrderRecord.Refund::cancellation),
                        refunds(record, ruling.inputs().order().value()),
                        record.history().survey(),
                        record.history().joinedUnsigned(),
                        record.history().reports().stream()
                                .map(report -> new OrderView.ReportView(
                                        report.integration(),
                                        report.source(),
                                        report.outcome(),
                                        report.receivedAt(),
                                        report.value(),
                                        report.currency()))
                                .toList(),
                        record.history().duplicates()));
    }

    private static List<OrderView.RefundView> refunds(OrderRecord record, long value) {
        List<OrderView.RefundView> views = new ArrayList<>();
        long left = value;
        for (OrderRecord.Refund refund : record.history().refunds()) {
            long taken = refund.wanted() == OrderRecord.Refund.ALL_LEFT ? left : Math.min(left, refund.wanted());
            left -= taken;
            views.add(new OrderView.RefundView(refund.id(), taken, refund.at(), refund.cancellation()));
        }
        return views;
    }

    static Optional<EventView> couponEvent(OrderIdentity identity, OrderRecord record, String id) {
        if (record.state() != OrderRecord.State.DONE) {
            return Optional.empty();
        }
        return record.ruling()
                .flatMap(ruling -> ruling.decision().couponEvents().stream()
                        .filter(event -> event.eventId().equals(id))
                        .findFirst()
                        .map(event -> view(
                                event,
                                orders(identity, record),
                                ruling.inputs().order().occurredAt())));
    }

    /** A code's event is that of its order and of those that renew it. */
    private static List<String> orders(OrderIdentity first, OrderRecord record) {
        List<String> orders = new ArrayList<>(List.of(first.text()));
        record.history()
                .kin()
                .renewals()
                .forEach(renewal -> orders.add(new OrderIdentity(first.scope(), renewal.orderId()).text()));
        return orders;
    }

    private static EventView view(CouponEvent event, List<String> orders, long at) {
        boolean converted = event.reason() == EventReason.CONVERTED;
        return new EventView(
                event.eventId(),
                Optional.of(event.creator()),
                event.link(),
                event.campaign(),
                Optional.empty(),
                at,
                "coupon",
                converted ? "converted" : "duplicate",
                event.reason().word(),
                at,
                at,
                converted ? orders : orders.subList(0, 1),
                event.by());
    }
}
