package io.influtrace.worker.reading;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import java.util.List;
import java.util.Optional;

/**
 * One settled order.
 *
 * @param decision with its trace, decided again from the inputs
 * @param standing each credit and what is left of it after refunds
 * @param refunded minor units of the order's currency
 * @param cancelled true where all of it was called off
 * @param survey the creator that the shopper named
 * @param joinedUnsigned true where only an unsigned later report brought the signal that earned it
 * @param reports every further report, oldest first, as far as they are kept
 * @param duplicates further reports that changed nothing, kept or not
 */
public record OrderView(
        OrderIdentity identity,
        Inputs inputs,
        Decision decision,
        List<Accounting.Standing> standing,
        long refunded,
        boolean cancelled,
        List<RefundView> refunds,
        Optional<String> survey,
        boolean joinedUnsigned,
        List<ReportView> reports,
        long duplicates) {

    public OrderView {
        standing = List.copyOf(standing);
        refunds = List.copyOf(refunds);
        reports = List.copyOf(reports);
    }

    /**
     * One refund.
     *
     * @param value minor units that it took back, after the cap at the order's value
     * @param at milliseconds
     */
    public record RefundView(String id, long value, long at, boolean cancellation) {}

    /**
     * One further report.
     *
     * @param outcome {@code duplicate}, {@code amended}, {@code joined} or {@code ignored}
     * @param receivedAt milliseconds
     * @param value minor units of {@code currency}, as reported
     */
    public record ReportView(
            String integration, String source, String outcome, long receivedAt, long value, String currency) {}
}
