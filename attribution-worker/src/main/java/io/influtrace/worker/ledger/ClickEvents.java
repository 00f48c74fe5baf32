package io.influtrace.worker.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.catalog.Timeline;
import io.influtrace.worker.reading.EventView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one click's event reads: its status, else what the sweep's clock and the notes say of it. */
record ClickEvents(Catalog catalog) {

    /**
     * What lies in a bucket and beside it.
     *
     * @param swept the latest clock by which its partition was swept, milliseconds
     */
    record Bucket(Map<String, byte[]> rows, Map<String, byte[]> statuses, long swept) {
        /** The status of a slot, or the note about it where the field says so. */
        Optional<TouchStatus> status(String field) {
            return Optional.ofNullable(statuses.get(field)).map(text -> TouchStatus.read(new String(text, UTF_8)));
        }

        /** The clock that decides about a touch with or without a row. */
        private long clock(boolean row) {
            byte[] own = rows.get("w");
            long clock = own == null ? 0 : Long.parseLong(new String(own, UTF_8));
            return row ? clock : Math.max(clock, swept);
        }
    }

    /** What is known of a click without its status. */
    private record Known(ClickId id, long at, String creator, String link, String campaign, String visitor) {
        long deadline() {
            return LedgerReading.deadline(id, at);
        }

        EventView view(
                String status,
                EventReason reason,
                long changedAt,
                List<String> orders,
                Optional<TouchChange.Other> by) {
            return view(status, reason.word(), changedAt, orders, by);
        }

        EventView view(
                String status, String reason, long changedAt, List<String> orders, Optional<TouchChange.Other> by) {
            return new EventView(
                    id.text(),
                    Optional.of(creator).filter(text -> !text.isEmpty()),
                    link,
                    campaign,
                    Optional.of(visitor).filter(text -> !text.isEmpty()),
                    at,
                    "link",
                    status,
                    reason,
                    changedAt,
                    deadline(),
                    orders,
                    by);
        }
    }

    /** The event of a click whose row is there; empty where it is none, but a repeat. */
    Optional<EventView> of(ClickRow row, Bucket bucket) {
        Click click = row.click();
        Optional<Link> link = catalog.link(click.link())
                .flatMap(line -> line.versions().stream()
                        .map(Timeline.Version::value)
                        .filter(version -> version.number() == click.link())
                        .findFirst());
        Known known = new Known(
                click.id(),
                click.at(),
                catalog.creator(click.creator())
                        .map(Timeline::now)
                        .map(Creator::handle)
                        .orElse(""),
                link.map(Link::slug).orElse(""),
                link.map(Link::campaign).orElse(""),
                row.visitor() == 0 ? "" : Long.toHexString(row.visitor()));
        return view(known, bucket, true);
    }

    /** The event of a click whose row is lost, as an order's inputs remember it. */
    Optional<EventView> of(TouchFacts touch, Bucket bucket) {
        Known known = new Known(touch.id(), touch.at(), touch.handle().orElse(""), touch.link(), touch.campaign(), "");
        return view(known, bucket, false);
    }

    private static Optional<EventView> view(Known click, Bucket bucket, boolean row) {
        String slot = Integer.toString(click.id.slot());
        Optional<TouchStatus> status = bucket.status(slot);
        if (status.isEmpty()) {
            return Optional.of(unspoken(click, bucket.clock(row), bucket.status("n" + slot)));
        }
        if (status.get() instanceof TouchStatus.Converted converted) {
            return Optional.of(click.view(
                    "converted", EventReason.CONVERTED, converted.at(), converted.orders(), Optional.empty()));
        }
        if (status.get() instanceof TouchStatus.Duplicate duplicate) {
            List<String> orders = duplicate.order().isEmpty() ? List.of() : List.of(duplicate.order());
            return Optional.of(click.view("duplicate", duplicate.reason(), duplicate.at(), orders, duplicate.by()));
        }
        return Optional.empty();
    }

    private static EventView unspoken(Known click, long clock, Optional<TouchStatus> note) {
        if (clock <= click.deadline() + Touches.GRACE) {
            return click.view("pending", "", 0, List.of(), Optional.empty());
        }
        return note.orElse(null) instanceof TouchStatus.Duplicate met
                ? click.view("duplicate", met.reason(), clock, List.of(), met.by())
                : click.view("expired", EventReason.WINDOW_ELAPSED, clock, List.of(), Optional.empty());
    }
}
