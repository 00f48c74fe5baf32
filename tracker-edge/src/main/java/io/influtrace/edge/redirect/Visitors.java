package io.influtrace.edge.redirect;

import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.directory.Link;
import io.influtrace.edge.directory.Sites;
import io.influtrace.edge.http.Senders;
import io.influtrace.protocol.config.IntegrationRecord;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who clicks, and whether this edge may keep anything in the browser: only on a host of the destination's own site, with
 * full consent of every integration of the link, and without the visitor's objection. Confined to one event loop.
 */
final class Visitors {

    /** Hosts whose site is remembered; an edge has a handful, only a scanner sends more. */
    private static final int MAX_HOSTS = 64;

    private final Directory directory;
    private final Senders senders;
    private final VisitorHash hash;
    private final Map<String, String> sites = new HashMap<>();

    Visitors(Directory directory, Senders senders, VisitorHash hash) {
        this.directory = directory;
        this.senders = senders;
        this.hash = hash;
    }

    boolean mayRemember(HttpServerRequest request, Link link) {
        String site = siteOf(senders.host(request));
        return !site.isEmpty()
                && site.equals(link.site())
                && !"1".equals(request.getHeader("Sec-GPC"))
                && allFull(link.integrations());
    }

    BrowserMemory recall(HttpServerRequest request) {
        return BrowserMemory.read(request.getHeader(HttpHeaders.COOKIE))
                .orElseGet(() -> new BrowserMemory(ThreadLocalRandom.current().nextLong(), List.of()));
    }

    long hash(HttpServerRequest request, long now) {
        @Nullable String agent = request.getHeader(HttpHeaders.USER_AGENT);
        return hash.of(senders.address(request), agent == null ? "" : agent, now);
    }

    boolean isSecure(HttpServerRequest request) {
        return senders.isSecure(request);
    }

    // A link that no store may credit gives no reason to keep anything.
    private boolean allFull(List<String> integrations) {
        for (String id : integrations) {
            if (!directory
                    .integration(id)
                    .map(IntegrationRecord::consent)
                    .orElse("")
                    .equals("full")) {
                return false;
            }
        }
        return !integrations.isEmpty();
    }

    private String siteOf(String host) {
        @Nullable String known = sites.get(host);
        if (known != null) {
            return known;
        }
        String site = Sites.of(host);
        if (sites.size() < MAX_HOSTS) {
            sites.put(host, site);
        }
        return site;
    }
}
