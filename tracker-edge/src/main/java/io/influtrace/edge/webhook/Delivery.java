package io.influtrace.edge.webhook;

import io.influtrace.protocol.order.Report;
import java.util.List;

/**
 * What a delivery came to.
 *
 * @param reports in the order in which they are to be kept
 * @param ignored why there are none, else empty
 */
record Delivery(List<Report> reports, String ignored) {

    /** Nothing that we keep, such as a topic that nobody asked for. */
    static Delivery ignored(String why) {
        return new Delivery(List.of(), why);
    }

    static Delivery of(List<? extends Report> reports) {
        return new Delivery(List.copyOf(reports), "");
    }
}
