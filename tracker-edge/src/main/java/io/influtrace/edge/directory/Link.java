package io.influtrace.edge.directory;

import io.influtrace.protocol.config.LinkRecord;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A link's record made ready for the redirect path: all that a click needs is a field or one concatenation away. */
public final class Link {

    private final LinkRecord record;
    private final Destination destination;
    private final String site;
    private final @Nullable String fallback;
    private final @Nullable String ownHandle;
    private final long from;
    private final long until;

    private Link(LinkRecord record) {
        this.record = record;
        this.destination = Destination.of(record.destination(), record.utm(), record.passQuery());
        this.site = Sites.of(hostOf(record.destination()));
        this.fallback = record.fallbackUrl().map(QueryText::safeUrl).orElse(null);
        this.ownHandle = record.creator().orElse(null);
        this.from = record.activeFrom().orElse(Long.MIN_VALUE);
        this.until = record.activeUntil().orElse(Long.MAX_VALUE);
    }

    /** A link as its record says; an unreadable record is an {@link IllegalArgumentException}. */
    static Link read(String record) {
        return new Link(LinkRecord.read(record));
    }

    /** The number of the slug in its present campaign. */
    public int number() {
        return record.number();
    }

    /** The window of the campaign, in days. */
    public int windowDays() {
        return record.windowDays();
    }

    /** The handle that the path without one credits, or null. */
    public @Nullable String ownHandle() {
        return ownHandle;
    }

    /** True from the link's start, inclusive, to its end, exclusive. */
    public boolean activeAt(long millis) {
        return millis >= from && millis < until;
    }

    /** Where a shopper goes outside of that time. */
    public Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** The destination's site, to be compared with that of the host which answers. */
    public String site() {
        return site;
    }

    /** The ids of the integrations that the link is enabled for. */
    public List<String> integrations() {
        return record.integrations();
    }

    /** Where this click goes: the visitor's raw query may be empty, the reference (percent-encoded) too. */
    public String location(String visitorQuery, String encodedRef, String token) {
        return destination.location(visitorQuery, encodedRef, token);
    }

    private static String hostOf(String url) {
        try {
            String host = new URI(url.indexOf('#') < 0 ? url : url.substring(0, url.indexOf('#'))).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException unreadable) {
            return "";
        }
    }
}
