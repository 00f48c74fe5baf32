package io.influtrace.edge.redis;

import io.influtrace.edge.order.OrderMeters;

/** Breaks the rule of the folders on purpose. */
final class ImportsOrders {
    void use(OrderMeters meters) {
        meters.nearMiss("kept");
    }
}
