package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.ClickId;
import java.util.Optional;

/**
 * What becomes of one click's event.
 *
 * @param reason {@link EventReason#CONVERTED}, or why it is a duplicate
 * @param by the other side of a supersede
 */
public record TouchChange(ClickId id, EventReason reason, Optional<Other> by) {

    /**
     * Who took the order, or the visitor.
     *
     * @param at milliseconds since the epoch
     */
    public record Other(String eventId, String creator, long at) {}
}
