package io.influtrace.edge.webhook;

import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.order.OrderIdentity;

/**
 * For whom a delivery came, and when.
 *
 * @param at milliseconds of this edge's clock
 */
record Arrival(IntegrationRecord integration, long at) {

    private static final long MAX_AHEAD_MS = 5 * 60_000;
    private static final long SECOND = 1_000;

    OrderIdentity identity(String orderId) {
        return new OrderIdentity(integration.scope(), orderId);
    }

    /**
     * When an order happened. Platforms state whole seconds; the last moment of that second is taken, for a click in it
     * came before the order, but none later than the delivery.
     */
    long happened(String field, long millis) throws Invalid {
        boolean whole = passed(field, millis) % SECOND == 0;
        return whole ? Math.max(millis, Math.min(millis + SECOND - 1, at)) : millis;
    }

    /** A time that the platform states; one far ahead is somebody's broken clock. */
    long passed(String field, long millis) throws Invalid {
        if (millis < 0 || millis > at + MAX_AHEAD_MS) {
            throw new Invalid(field, "at most 5 minutes ahead of now and not before 1970", Long.toString(millis));
        }
        return millis;
    }
}
