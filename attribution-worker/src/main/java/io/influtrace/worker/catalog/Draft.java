package io.influtrace.worker.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New versions gathered by one edit; all are written, or none. Belongs to the thread that edits. */
public final class Draft {

    private final Memory memory;
    private final long now;
    private final Map<String, Stored<?>> versions = new HashMap<>();
    private final List<Stored<?>> ordered = new ArrayList<>();
    private int nextCreator;
    private int nextLink;

    Draft(Memory memory, long now) {
        this.memory = memory;
        this.now = now;
        this.nextCreator = memory.nextCreator();
        this.nextLink = memory.nextLink();
    }

    /** The catalog before this edit; nothing can change it between the edit's look and its write. */
    public Catalog catalog() {
        return memory;
    }

    /** The newest version of a thing before this edit. */
    public <T> Optional<T> now(Kind<T> kind, String key) {
        return memory.find(kind, key).map(Timeline::now);
    }

    /** Milliseconds since the epoch at which new versions begin unless another instant is said. */
    public long now() {
        return now;
    }

    /** Adds a creator's next version; the number given is ignored, the first version gets one and it stays. */
    public Creator put(Creator creator) {
        int number = now(Kind.CREATORS, creator.handle()).map(Creator::number).orElseGet(() -> nextCreator++);
        return put(
                Kind.CREATORS,
                new Creator(creator.handle(), number, creator.name(), creator.emailHash(), creator.retired()));
    }

    /** Adds a link's next version; the number given is ignored: it stays while the campaign does, else a new one is drawn. */
    public Link put(Link link) {
        int number = now(Kind.LINKS, link.slug())
                .filter(known -> known.campaign().equals(link.campaign()))
                .map(Link::number)
                .orElseGet(() -> nextLink++);
        return put(
                Kind.LINKS,
                new Link(
                        link.slug(),
                        number,
                        link.campaign(),
                        link.destination(),
                        link.integrations(),
                        link.creator(),
                        link.utm(),
                        link.passQuery(),
                        link.activeFrom(),
                        link.activeUntil(),
                        link.fallbackUrl(),
                        link.retired()));
    }

    /** Adds a campaign's next version. */
    public Campaign put(Campaign campaign) {
        return put(Kind.CAMPAIGNS, campaign);
    }

    /** Adds a coupon's next version. */
    public Coupon put(Coupon coupon) {
        return put(Kind.COUPONS, coupon);
    }

    /** Adds an integration's next version. */
    public Integration put(Integration integration) {
        return put(Kind.INTEGRATIONS, integration);
    }

    private <T> T put(Kind<T> kind, T value) {
        String key = kind.key().apply(value);
        if (versions.containsKey(kind.word() + ":" + key)) {
            throw new IllegalStateException("an edit writes " + kind + " " + key + " twice");
        }
        Optional<Timeline<T>> known = memory.find(kind, key);
        if (known.isPresent() && known.get().now().equals(value)) {
            return value;
        }
        Timeline<T> longer = known.map(timeline -> timeline.with(now, value)).orElseGet(() -> Timeline.of(now, value));
        Stored<T> stored = Stored.of(kind, longer.latest());
        versions.put(kind.word() + ":" + key, stored);
        ordered.add(stored);
        return value;
    }

    List<Stored<?>> versions() {
        return ordered;
    }
}
