package io.influtrace.worker.catalog;

import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.LinkRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the edges must know of a change: every record that differs by it, with everything resolved. */
final class EdgeView {

    private final Memory memory;

    EdgeView(Memory memory) {
        this.memory = memory;
    }

    /** The changed records, each key once, as they stand after these versions. */
    List<Change> of(List<Stored<?>> versions) {
        Map<String, Campaign> campaigns = new LinkedHashMap<>();
        Map<String, Stored<Link>> links = new LinkedHashMap<>();
        List<Change> changes = new ArrayList<>();
        for (Stored<?> version : versions) {
            if (version.value() instanceof Creator creator) {
                changes.add(change(creator));
            } else if (version.value() instanceof Integration integration) {
                changes.add(change(integration));
            } else if (version.value() instanceof Campaign campaign) {
                campaigns.put(campaign.id(), campaign);
            } else if (version.value() instanceof Link link) {
                links.put(link.slug(), new Stored<>(Kind.LINKS, link.slug(), version.number(), version.from(), link));
            }
        }
        if (!campaigns.isEmpty()) {
            for (Timeline<Link> timeline : memory.list(Kind.LINKS, "", Integer.MAX_VALUE)) {
                if (campaigns.containsKey(timeline.now().campaign())) {
                    links.putIfAbsent(timeline.now().slug(), Stored.of(Kind.LINKS, timeline.latest()));
                }
            }
        }
        links.values()
                .forEach(link -> changes.add(
                        change(link, campaign(campaigns, link.value().campaign()))));
        return changes;
    }

    private Campaign campaign(Map<String, Campaign> changed, String id) {
        Optional<Campaign> known = Optional.ofNullable(changed.get(id))
                .or(() -> memory.campaign(id).map(Timeline::now));
        return known.orElseThrow(() -> new IllegalArgumentException("a link of the unknown campaign " + id));
    }

    private static Change change(Creator creator) {
        return new Change(
                Change.Kind.CREATOR,
                creator.handle(),
                creator.retired() ? Optional.empty() : Optional.of(Integer.toString(creator.number())));
    }

    private static Change change(Integration integration) {
        IntegrationRecord record = new IntegrationRecord(
                integration.id(),
                integration.type(),
                integration.origin(),
                integration.status(),
                integration.consent(),
                integration.store(),
                integration.secret(),
                integration.previousSecret());
        return new Change(Change.Kind.INTEGRATION, integration.id(), Optional.of(record.write()));
    }

    private static Change change(Stored<Link> version, Campaign campaign) {
        Link link = version.value();
        Map<String, String> utm = new LinkedHashMap<>(campaign.utm());
        utm.putAll(link.utm());
        LinkRecord record = new LinkRecord(
                link.slug(),
                link.number(),
                campaign.windowDays(),
                link.destination(),
                link.creator(),
                utm,
                link.passQuery(),
                link.activeFrom(),
                link.retired() ? ended(link, version.from()) : link.activeUntil(),
                link.fallbackUrl(),
                link.integrations());
        return new Change(Change.Kind.LINK, link.slug(), Optional.of(record.write()));
    }

    private static OptionalLong ended(Link link, long retiredAt) {
        return OptionalLong.of(Math.min(retiredAt, link.activeUntil().orElse(retiredAt)));
    }
}
